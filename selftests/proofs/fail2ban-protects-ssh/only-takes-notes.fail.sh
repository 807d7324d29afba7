# hosts: debian12 debian11 debian13
# profile: alliance
# The action writes a line somewhere and blocks nobody.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
action = dummy
END
fail2ban-client reload >/dev/null
