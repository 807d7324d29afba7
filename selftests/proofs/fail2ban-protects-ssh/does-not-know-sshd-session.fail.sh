# hosts: debian13
# profile: alliance
# An older filter: it gets the messages of sshd-session and makes nothing of them.
printf '[DEFAULT]\n_daemon = sshd\n' >/etc/fail2ban/filter.d/common.local
sed -i 's/^_daemon = .*/_daemon = sshd/; s/sshd(?:-session)?/sshd/' /etc/fail2ban/filter.d/sshd.conf
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
enabled = true
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
