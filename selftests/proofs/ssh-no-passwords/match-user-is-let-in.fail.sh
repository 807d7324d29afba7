# hosts: debian12 debian11 debian13
# profile: alliance
# The global value is no; one user has an exception.
printf 'Match User plain\n    PasswordAuthentication yes\n' >/etc/ssh/sshd_config.d/90-plain.conf
systemctl reload ssh
