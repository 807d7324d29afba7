# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Port 143 greets everybody in clear, and lets nobody log in before STARTTLS.
/usr/local/lib/lab/install dovecot-imapd
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=imap -keyout /etc/ssl/imap.pem -out /etc/ssl/imap.crt 2>/dev/null
printf '%s\n' 'ssl = required' 'ssl_cert = </etc/ssl/imap.crt' 'ssl_key = </etc/ssl/imap.pem' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 143 -j ACCEPT; done
