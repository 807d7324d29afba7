# hosts: debian12
# profile: alliance
# rpcbind is not running yet: systemd listens for it.
/usr/local/lib/lab/install rpcbind
systemctl stop rpcbind.service
systemctl start rpcbind.socket
nft add rule inet filter input udp dport 111 accept
