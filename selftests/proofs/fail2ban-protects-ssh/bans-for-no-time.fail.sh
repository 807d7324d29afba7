# hosts: debian12 debian11 debian13
# profile: alliance
# A ban of 0 seconds.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
bantime = 0
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
