# hosts: debian13 debian11 debian12
# profile: alliance
# systemd holds the port and starts sshd on demand, with an argument of its own (thread 46, lynis #629).
echo 'SSHD_OPTS="-o PermitRootLogin=yes"' >/etc/default/ssh
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
