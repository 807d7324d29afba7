# hosts: fedora debian12 debian13
# profile: ibm-hpvs
# Exim offers STARTTLS, and takes no password without it.
/usr/local/lib/lab/install exim4-daemon-light
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=mail -keyout /etc/exim4/exim.key -out /etc/exim4/exim.crt 2>/dev/null
chmod 644 /etc/exim4/exim.key
cat >/etc/exim4/update-exim4.conf.conf <<'END'
dc_eximconfig_configtype='internet'
dc_other_hostnames='mail.example.com'
dc_local_interfaces='0.0.0.0 ; ::0'
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='true'
dc_relay_nets=''
dc_smarthost=''
CFILEMODE='644'
dc_use_split_config='false'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
END
echo 'MAIN_TLS_ENABLE = yes' >/etc/exim4/exim4.conf.localmacros
update-exim4.conf
systemctl restart exim4
until ss -ltn | grep -q ':25 '; do sleep 0.1; done
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 25 -j ACCEPT; done
