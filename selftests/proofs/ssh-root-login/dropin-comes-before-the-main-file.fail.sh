# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# The main file says no, and a drop-in is read before it: the first value wins (sshd thread 39, CaC #13291).
rm /etc/ssh/sshd_config.d/10-keys-only.conf
printf '\nPermitRootLogin no\n' >>/etc/ssh/sshd_config
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin yes
END
systemctl try-reload-or-restart ssh.service sshd.service
