# hosts: fedora debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: ibm-hpvs
# Port 110 greets in clear, and wants STLS before anybody logs in. Port 995 speaks TLS from the start.
/usr/local/lib/lab/install dovecot-pop3d
echo 'ssl = required' >/etc/dovecot/conf.d/99-lab.conf
systemctl restart dovecot
until ss -ltn | grep -q ':995 '; do sleep 0.1; done
for tool in iptables ip6tables; do for port in 110 995; do "$tool" -I INPUT -p tcp --dport $port -j ACCEPT; done; done
