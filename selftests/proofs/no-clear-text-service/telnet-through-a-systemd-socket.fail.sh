# hosts: fedora debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: ibm-hpvs
# No telnetd runs and no inetd: systemd waits for the first caller.
/usr/local/lib/lab/install rsyslog telnetd
systemctl stop inetutils-inetd.service openbsd-inetd.service 2>/dev/null || :
cat >/etc/systemd/system/telnet.socket <<"END"
[Socket]
ListenStream=23
Accept=yes
END
cat >/etc/systemd/system/telnet@.service <<"END"
[Service]
ExecStart=-/usr/sbin/telnetd
StandardInput=socket
END
systemctl daemon-reload
systemctl start telnet.socket
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 23 -j ACCEPT; done
