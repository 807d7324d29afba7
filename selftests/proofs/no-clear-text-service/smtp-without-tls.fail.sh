# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# reason: it offers no encryption \(STARTTLS\)
# Exim for everybody, and it offers no TLS.
/usr/local/lib/lab/install exim4-daemon-light
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
sed -i '1i tls_advertise_hosts =' /etc/exim4/exim4.conf.template
update-exim4.conf
systemctl restart exim4
until ss -ltn | grep -q ':25 '; do sleep 0.1; done
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 25 -j ACCEPT; done
