# hosts: debian12 debian11 debian13
# profile: alliance
# The ban closes a port on which nobody listens.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
port = 2222
END
fail2ban-client reload >/dev/null
