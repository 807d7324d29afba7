# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Redis' socket is for IPv6 alone, and the firewall opens the port for IPv4 alone. Who takes every socket at :: for both families
# calls Redis public (thread 47, goss #1006).
/usr/local/lib/lab/install redis-server
sed -i -e 's/^bind .*/bind ::/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
systemctl restart redis-server
ss -Hltne 'sport = :6379' | grep -q v6only:1
nft add rule inet filter input meta nfproto ipv4 tcp dport 6379 accept
