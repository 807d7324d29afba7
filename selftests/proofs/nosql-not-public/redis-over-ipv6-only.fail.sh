# hosts: ubuntu2204 debian12
# profile: alliance
# IPv4 is on loopback and filtered; IPv6 is neither.
# Others have not seen what is open over IPv6 alone (thread 52, nmap #1281; thread 49, inspec #3209).
/usr/local/lib/lab/install redis-server
sed -i -e 's/^bind .*/bind 127.0.0.1 ::/' -e 's/^protected-mode .*/protected-mode no/' /etc/redis/redis.conf
systemctl restart redis-server
nft add rule inet filter input ip6 nexthdr tcp tcp dport 6379 accept
