# hosts: fedora debian12 debian13
# profile: ibm-hpvs
# Exim offers STARTTLS, and takes no password without it.
/usr/local/lib/lab/install exim4-daemon-light
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=mail -keyout /etc/exim4/exim.key -out /etc/exim4/exim.crt 2>/dev/null
chmod 644 /etc/exim4/exim.key
echo 'MAIN_TLS_ENABLE = yes' >/etc/exim4/exim4.conf.localmacros
/usr/local/lib/lab/exim
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 25 -j ACCEPT; done
