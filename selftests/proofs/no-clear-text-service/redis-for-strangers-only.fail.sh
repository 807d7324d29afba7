# hosts: ubuntu2204 debian12 debian13 fedora centos
# profile: ibm-hpvs
# The machine that audits is not let in; one among strangers is.
/usr/local/lib/lab/install redis-server
sed -i 's/^bind .*/bind * -::*/' /etc/redis/redis.conf
systemctl restart redis-server
iptables -I INPUT -s 198.51.100.0/24 -p tcp --dport 6379 -j ACCEPT
