# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Redis as most set it up: a password, and everything in clear.
/usr/local/lib/lab/install redis-server
sed -i -e 's/^bind .*/bind * -::*/' -e '$a requirepass a-good-one' /etc/redis/redis.conf
systemctl restart redis-server
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 6379 -j ACCEPT; done
