# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Root may log in, by whatever everybody may.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin yes
END
systemctl try-reload-or-restart ssh.service sshd.service
