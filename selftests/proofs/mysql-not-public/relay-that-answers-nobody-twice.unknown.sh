# hosts: centos debian12
# profile: alliance
# reason: what answers at 13306/tcp .* is not known
# Somebody gets an answer at a port that says nothing, and the firewall lets nobody come again to ask what it is.
/usr/local/lib/lab/install redis-server
systemctl restart redis-server
systemd-run --quiet --unit=relay --socket-property=ListenStream=13306 /lib/systemd/systemd-socket-proxyd 127.0.0.1:6379
nft add rule inet filter input tcp dport 13306 ct state new limit rate 1/hour burst 1 packets accept
