# hosts: debian12 debian11 debian13
# profile: alliance
# Nobody is ever banned in practice.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
maxretry = 1000
END
fail2ban-client reload >/dev/null
