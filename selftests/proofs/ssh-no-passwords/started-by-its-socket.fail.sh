# hosts: debian12 debian11 debian13
# profile: alliance
# systemd holds the port and starts sshd when somebody connects, with an argument of its own (thread 46, lynis #629).
echo 'SSHD_OPTS="-o PasswordAuthentication=yes"' >/etc/default/ssh
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
