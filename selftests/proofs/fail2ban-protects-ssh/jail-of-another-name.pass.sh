# hosts: debian12 debian11 debian13
# profile: alliance
# What a jail is called does not matter.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
enabled = false
[doorman]
enabled = true
filter = sshd
backend = systemd
port = 22
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
