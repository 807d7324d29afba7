# hosts: debian12 debian11 debian13
# profile: alliance
# The whole world again, written as two halves.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignoreip = 0.0.0.0/1 128.0.0.0/1
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
