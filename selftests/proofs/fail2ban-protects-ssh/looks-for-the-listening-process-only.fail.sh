# hosts: debian13
# profile: alliance
# Since OpenSSH 9.8 log-ins are handled by sshd-session, which _COMM=sshd does not match.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
journalmatch = _COMM=sshd
END
fail2ban-client reload >/dev/null
