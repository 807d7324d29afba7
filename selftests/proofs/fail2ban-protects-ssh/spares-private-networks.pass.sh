# hosts: debian12 debian11 debian13
# profile: alliance
# Long lists of friends are fine as long as they are not the internet.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignoreip = 127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7 fe80::/10 198.51.100.0/24
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
