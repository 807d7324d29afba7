# hosts: ubuntu2204 debian12 centos
# profile: ibm-hpvs
# Nobody is let in to what would be wrong.
/usr/local/lib/lab/install dovecot-imapd
/usr/local/lib/lab/certificate mail.example.test /etc/ssl/imap.pem -1 self-signed
printf '%s\n' 'ssl = required' 'ssl_cert = </etc/ssl/imap.pem' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
