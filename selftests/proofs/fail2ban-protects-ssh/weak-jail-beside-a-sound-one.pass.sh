# hosts: debian12 debian11 debian13
# profile: alliance
# A second jail for SSH that is useless by itself does no harm.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd-slow]
enabled = true
filter = sshd
backend = systemd
port = ssh
maxretry = 1000
END
fail2ban-client reload >/dev/null
