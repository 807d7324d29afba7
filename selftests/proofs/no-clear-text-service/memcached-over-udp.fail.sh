# hosts: debian13 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# TCP is kept away by the firewall; UDP is for everybody, and nobody can encrypt it.
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -U11211 -unobody >/etc/memcached.conf
systemctl restart memcached
iptables -I INPUT -p udp --dport 11211 -j ACCEPT
