# hosts: debian11 debian12 debian13 ubuntu2404
# profile: alliance
# Something answers strangers at a port that may well be a database's, and says that it is FTP: another recommendation's.
/usr/local/lib/lab/install vsftpd
systemctl restart vsftpd
systemd-run --quiet --unit=relay --socket-property=ListenStream=13306 /lib/systemd/systemd-socket-proxyd 127.0.0.1:21
nft add rule inet filter input tcp dport 13306 accept
