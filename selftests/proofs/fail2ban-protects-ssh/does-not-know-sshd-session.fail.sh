# hosts: debian13
# profile: alliance
# An older filter: it gets the messages of sshd-session and makes nothing of them.
printf '[DEFAULT]\n_daemon = sshd\n' >/etc/fail2ban/filter.d/common.local
sed -i 's/^_daemon = .*/_daemon = sshd/; s/sshd(?:-session)?/sshd/' /etc/fail2ban/filter.d/sshd.conf
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
enabled = true
END
fail2ban-client reload >/dev/null
