# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The block is wider than the network that the inventory declares as the administrators'.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin no
Match User root Address 10.0.0.0/8
    PermitRootLogin prohibit-password
END
systemctl try-reload-or-restart ssh.service sshd.service
