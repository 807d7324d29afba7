# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# Port 143 greets everybody in clear, and lets nobody log in before STARTTLS.
/usr/local/lib/lab/install dovecot-imapd
echo 'ssl = required' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 143 -j ACCEPT; done
