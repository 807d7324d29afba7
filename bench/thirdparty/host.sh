# Makes a golden host of the lab (debian13) one that the suite's authors would call theirs: sshd listens on IPv4 alone, nftables is
# the only firewall, a daemon waits on loopback, and somebody may run one program by sudo.
printf 'AddressFamily inet\n' > /etc/ssh/sshd_config.d/00-thirdparty.conf
systemctl restart ssh
printf '%s\n' '[Socket]' 'ListenStream=127.0.0.1:8125' 'ListenStream=[::1]:8125' 'ListenDatagram=127.0.0.1:8125' 'Accept=no' \
    '[Install]' 'WantedBy=sockets.target' > /etc/systemd/system/metrics.socket
printf '%s\n' '[Service]' 'ExecStart=/bin/sleep infinity' > /etc/systemd/system/metrics.service
systemctl daemon-reload
systemctl enable --now metrics.socket
printf 'admin ALL=(root) NOPASSWD: /usr/bin/id\n' > /etc/sudoers.d/thirdparty
chmod 0440 /etc/sudoers.d/thirdparty
ln -sf /etc/ssh/sshd_config /etc/sshd_config
