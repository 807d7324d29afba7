# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# sshd does not run, its configuration says 22, and everybody is let in to 2222, which ssh.socket holds (thread 46, lynis #629).
mkdir -p /etc/systemd/system/ssh.socket.d
printf '[Socket]\nListenStream=2222\n' >/etc/systemd/system/ssh.socket.d/port.conf
systemctl daemon-reload
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
ss -ltn | grep -q :2222
nft add rule inet filter input tcp dport 2222 accept
