# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Only one network is let in, on another port. On the wire it is as clear as ever.
/usr/local/lib/lab/install rsyslog telnetd
systemctl stop inetutils-inetd.service openbsd-inetd.service 2>/dev/null || :
cat >/etc/systemd/system/telnet.socket <<"END"
[Socket]
ListenStream=2323
Accept=yes
END
cat >/etc/systemd/system/telnet@.service <<"END"
[Service]
ExecStart=-/usr/sbin/telnetd
StandardInput=socket
END
systemctl daemon-reload
systemctl start telnet.socket
iptables -I INPUT -s 192.168.5.0/24 -p tcp --dport 2323 -j ACCEPT
