# hosts: debian12 debian11 debian13
# profile: alliance
# Debian 12 has no rsyslog any more: sshd writes to the journal, the jail reads an empty file.
: >/var/log/auth.log
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
fail2ban-client reload >/dev/null
