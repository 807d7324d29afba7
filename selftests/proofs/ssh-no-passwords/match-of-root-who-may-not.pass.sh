# hosts: debian12 debian11 debian13
# profile: alliance
# The exception is for root, whose passwords `PermitRootLogin prohibit-password` refuses all the same.
printf 'Match User root\n    PasswordAuthentication yes\n' >/etc/ssh/sshd_config.d/90-root.conf
systemctl reload ssh
