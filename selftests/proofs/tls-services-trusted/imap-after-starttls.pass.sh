# hosts: debian11 debian12 ubuntu2204 fedora centos
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [mail.example.test]
# Port 143 begins in clear and shows no certificate before STARTTLS; the one that it shows then is as it should be.
/usr/local/lib/lab/install dovecot-imapd
/usr/local/lib/lab/certificate mail.example.test /etc/ssl/imap.pem
printf '%s\n' 'ssl = required' 'ssl_min_protocol = TLSv1.2' 'ssl_cert = </etc/ssl/imap.pem' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do for port in 143 993; do "$tool" -I INPUT -p tcp --dport $port -j ACCEPT; done; done
