# hosts: debian12 debian11 debian13
# profile: alliance
# An argument of the daemon beats every file.
echo 'SSHD_OPTS="-o PasswordAuthentication=yes"' >/etc/default/ssh
systemctl restart ssh
