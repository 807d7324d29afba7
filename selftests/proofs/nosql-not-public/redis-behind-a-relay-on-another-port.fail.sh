# hosts: fedora debian12 debian13 ubuntu2204
# profile: alliance
# reason: redis
# Redis waits on loopback. A program that only passes on what it gets waits for everybody, at a port that says nothing.
/usr/local/lib/lab/install redis-server
systemctl restart redis-server
systemd-run --quiet --unit=relay --socket-property=ListenStream=13379 /lib/systemd/systemd-socket-proxyd 127.0.0.1:6379
nft add rule inet filter input tcp dport 13379 accept
