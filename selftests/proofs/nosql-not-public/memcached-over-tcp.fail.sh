# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# UDP, of which everybody warns, is off, and IPv4 is on loopback.
/usr/local/lib/lab/install memcached
printf '%s\n' '-l127.0.0.1,[::]' -U0 -unobody >/etc/memcached.conf
systemctl restart memcached
until ss -ltn | grep -q ':11211'; do sleep 0.1; done
nft add rule inet filter input tcp dport 11211 accept
