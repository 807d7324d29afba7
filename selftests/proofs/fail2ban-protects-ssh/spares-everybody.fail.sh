# hosts: debian12 debian11 debian13
# profile: alliance
# The whole world is on the list of friends.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignoreip = 127.0.0.1/8 0.0.0.0/0
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
