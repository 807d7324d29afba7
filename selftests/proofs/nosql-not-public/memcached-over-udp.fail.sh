# hosts: debian11 debian12
# profile: alliance
# No TCP port is open, and nmap has to send what memcached answers: UDP has been misread, or left out (thread 48, testinfra #311).
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -U11211 -unobody >/etc/memcached.conf
systemctl restart memcached
nft add rule inet filter input udp dport 11211 accept
