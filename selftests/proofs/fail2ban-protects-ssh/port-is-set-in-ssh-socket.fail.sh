# hosts: debian13 debian11 debian12
# profile: alliance
# No file of sshd names port 2222: ssh.socket does. A ban closes port 22 only (thread 46, dev-sec #763, konstruktoid #1002).
mkdir -p /etc/systemd/system/ssh.socket.d
printf '[Socket]\nListenStream=2222\n' >/etc/systemd/system/ssh.socket.d/port.conf
systemctl daemon-reload
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
printf '[sshd]\nport = ssh\n' >/etc/fail2ban/jail.d/zz-proof.local
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
ss -ltn | grep -q :2222
