# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# What many systems ship: no password for root, but a key from anywhere will do.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin prohibit-password
END
systemctl try-reload-or-restart ssh.service sshd.service
