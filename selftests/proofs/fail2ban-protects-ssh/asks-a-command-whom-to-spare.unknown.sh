# hosts: debian12 debian11 debian13
# profile: alliance
# A command decides whom to spare; it may spare everybody.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignorecommand = /usr/local/sbin/is-a-friend <ip>
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
