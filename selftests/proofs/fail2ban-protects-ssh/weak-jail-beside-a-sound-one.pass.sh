# hosts: debian12 debian11 debian13
# profile: alliance
# A second jail for SSH that is useless by itself does no harm.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd-slow]
enabled = true
filter = sshd
backend = systemd
port = ssh
maxretry = 1000
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
