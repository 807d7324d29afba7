# hosts: debian12 debian11 debian13
# profile: alliance
# The whole world again, written as two halves.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignoreip = 0.0.0.0/1 128.0.0.0/1
END
fail2ban-client reload >/dev/null
