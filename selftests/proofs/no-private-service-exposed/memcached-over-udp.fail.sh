# hosts: debian12
# profile: alliance
# No UDP socket is in state LISTEN, and this one amplifies attacks.
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -U11211 -unobody >/etc/memcached.conf
systemctl restart memcached
nft add rule inet filter input udp dport 11211 accept
