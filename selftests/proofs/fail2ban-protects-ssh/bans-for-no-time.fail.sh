# hosts: debian12 debian11 debian13
# profile: alliance
# A ban of 0 seconds.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
bantime = 0
END
fail2ban-client reload >/dev/null
