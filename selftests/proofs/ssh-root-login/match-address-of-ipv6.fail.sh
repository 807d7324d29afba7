# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# No root over IPv4, but over IPv6.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin no
Match Address 2001:db8::/32
    PermitRootLogin prohibit-password
END
systemctl try-reload-or-restart ssh.service sshd.service
