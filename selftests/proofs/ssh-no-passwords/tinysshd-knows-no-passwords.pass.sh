# hosts: debian12 debian11 debian13
# profile: alliance
# tinysshd has no password authentication at all.
/usr/local/lib/lab/install tinysshd >/dev/null
mkdir -p /etc/systemd/system/tinysshd.socket.d
printf '[Socket]\nListenStream=\nListenStream=2223\n' >/etc/systemd/system/tinysshd.socket.d/port.conf
systemctl daemon-reload
systemctl restart tinysshd.socket
