# hosts: debian12 debian11 debian13
# profile: alliance
# A command decides whom to spare; it may spare everybody.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
ignorecommand = /usr/local/sbin/is-a-friend <ip>
END
fail2ban-client reload >/dev/null
