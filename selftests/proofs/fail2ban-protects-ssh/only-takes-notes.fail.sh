# hosts: debian12 debian11 debian13
# profile: alliance
# The action writes a line somewhere and blocks nobody.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
action = dummy
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
