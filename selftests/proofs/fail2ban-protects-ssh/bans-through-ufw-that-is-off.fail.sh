# hosts: debian12 debian11 debian13
# profile: alliance
# ufw takes the rule, and is not switched on.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
banaction = ufw
END
fail2ban-client reload >/dev/null
