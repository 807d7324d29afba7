# hosts: debian11 debian12
# profile: alliance
# peers 48: no TCP port is open, and nmap has to send what memcached answers.
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -U11211 -unobody >/etc/memcached.conf
systemctl restart memcached
nft add rule inet filter input udp dport 11211 accept
