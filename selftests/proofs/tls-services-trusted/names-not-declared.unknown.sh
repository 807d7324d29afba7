# hosts: centos debian12
# profile: ibm-hpvs
# Signed by an authority that is trusted; whether for the right name, nobody has said.
/usr/local/lib/lab/install dovecot-imapd
/usr/local/lib/lab/certificate mail.example.test /etc/ssl/imap.pem
printf '%s\n' 'ssl = required' 'ssl_cert = </etc/ssl/imap.pem' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 143 -j ACCEPT; done
