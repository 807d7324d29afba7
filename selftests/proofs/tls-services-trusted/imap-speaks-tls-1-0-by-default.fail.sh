# hosts: debian11
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [mail.example.test]
# Dovecot of Debian 11 as it is set up: nobody asked for TLS 1.0, and it is spoken.
/usr/local/lib/lab/install dovecot-imapd
/usr/local/lib/lab/certificate mail.example.test /etc/ssl/imap.pem
printf '%s\n' 'ssl = required' 'ssl_cert = </etc/ssl/imap.pem' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do for port in 143 993; do "$tool" -I INPUT -p tcp --dport $port -j ACCEPT; done; done
