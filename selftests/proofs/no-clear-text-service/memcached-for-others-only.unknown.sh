# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# Memcached can speak TLS. Some network is let in to it, and the machine that asks is not part of it.
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -p11211 -U0 -unobody >/etc/memcached.conf
systemctl restart memcached
iptables -I INPUT -s 192.168.5.0/24 -p tcp --dport 11211 -j ACCEPT
