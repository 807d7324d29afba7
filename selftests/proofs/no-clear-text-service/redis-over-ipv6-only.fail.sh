# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# IPv4 is on loopback and filtered; IPv6 is neither.
/usr/local/lib/lab/install redis-server
sed -i 's/^bind .*/bind 127.0.0.1 ::/' /etc/redis/redis.conf
systemctl restart redis-server
ip6tables -I INPUT -p tcp --dport 6379 -j ACCEPT
