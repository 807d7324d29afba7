# hosts: debian12 debian11 debian13
# profile: alliance
# Another tool, a range of ports, and a ban without end.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
banaction = iptables-multiport
port = 20:30
bantime = -1
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
