# hosts: debian12 debian11 debian13
# profile: alliance
# The whole world is on the list of friends.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignoreip = 127.0.0.1/8 0.0.0.0/0
END
fail2ban-client reload >/dev/null
