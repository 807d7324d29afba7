# hosts: debian12 ubuntu2204
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [mail.example.test]
# The kernel takes connections, and Dovecot says nothing.
/usr/local/lib/lab/install dovecot-imapd
/usr/local/lib/lab/certificate mail.example.test /etc/ssl/imap.pem
printf '%s\n' 'ssl = required' 'ssl_cert = </etc/ssl/imap.pem' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
systemctl kill --signal=STOP dovecot
iptables -I INPUT -p tcp --dport 143 -j ACCEPT
