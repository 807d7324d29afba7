# hosts: debian13
# profile: alliance
# Since OpenSSH 9.8 log-ins are handled by sshd-session, which _COMM=sshd does not match.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
journalmatch = _COMM=sshd
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
