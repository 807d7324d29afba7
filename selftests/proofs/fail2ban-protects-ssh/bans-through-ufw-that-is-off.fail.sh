# hosts: debian12 debian11 debian13
# profile: alliance
# ufw takes the rule, and is not switched on.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
banaction = ufw
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
