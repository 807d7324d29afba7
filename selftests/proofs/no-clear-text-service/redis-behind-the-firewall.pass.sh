# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: ibm-hpvs
# Bound to all addresses; the firewall lets nobody in.
/usr/local/lib/lab/install redis-server
sed -i 's/^bind .*/bind * -::*/' /etc/redis/redis.conf
systemctl restart redis-server
