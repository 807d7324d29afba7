# hosts: debian12 debian11 debian13
# profile: alliance
# What a jail is called does not matter.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
enabled = false
[doorman]
enabled = true
filter = sshd
backend = systemd
port = 22
END
fail2ban-client reload >/dev/null
