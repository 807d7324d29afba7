# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Administrators' automation may come with a key; this lets root in with a password as well.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
Match User root Address 10.99.0.0/24
    PermitRootLogin yes
    PasswordAuthentication yes
END
systemctl try-reload-or-restart ssh.service sshd.service
