# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: ibm-hpvs
# This profile lets root in by a key (conflict C11); PermitRootLogin yes means just that where there are no passwords.
cat >/etc/ssh/sshd_config.d/00-root.conf <<'END'
PermitRootLogin yes
END
systemctl try-reload-or-restart ssh.service sshd.service
