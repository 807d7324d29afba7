# hosts: debian12 debian13
# profile: alliance
# inventory: hostproof_public_ports: [25/tcp]
# reason: passes on mail of strangers to strangers
# That it takes mail was declared, not that it takes everybody's mail to everybody.
/usr/local/lib/lab/install exim4-daemon-light
cat >/etc/exim4/update-exim4.conf.conf <<'END'
dc_eximconfig_configtype='internet'
dc_other_hostnames='mail.example.com'
dc_local_interfaces='0.0.0.0 ; ::0'
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets='0.0.0.0/0 ; ::/0'
dc_smarthost=''
CFILEMODE='644'
dc_use_split_config='false'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
END
update-exim4.conf
systemctl restart exim4
until ss -ltn | grep -q ':25 '; do sleep 0.1; done
nft add rule inet filter input tcp dport 25 accept
