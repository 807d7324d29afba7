# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# The rule is for the name root; another name has the same user id.
useradd --non-unique --uid 0 --gid 0 --no-create-home --shell /bin/sh toor
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
Match User toor
    PermitRootLogin prohibit-password
END
systemctl try-reload-or-restart ssh.service sshd.service
