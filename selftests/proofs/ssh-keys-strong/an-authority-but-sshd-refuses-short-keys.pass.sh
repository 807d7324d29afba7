# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Certificates may hold any key; this sshd takes none that is short.
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/authority
rm /etc/ssh/authority
printf 'TrustedUserCAKeys /etc/ssh/authority.pub\nRequiredRSASize 2048\n' >/etc/ssh/sshd_config.d/90-authority.conf
systemctl try-reload-or-restart ssh.service sshd.service
