# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# PermitRootLogin says yes, but root is not among those who may log in at all.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin yes
AllowUsers admin plain
END
systemctl try-reload-or-restart ssh.service sshd.service
