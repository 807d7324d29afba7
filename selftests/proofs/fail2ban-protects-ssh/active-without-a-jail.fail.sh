# hosts: debian12 debian11 debian13
# profile: alliance
# The service is active, fail2ban answers, and nothing is guarded.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
enabled = false
END
fail2ban-client reload >/dev/null
