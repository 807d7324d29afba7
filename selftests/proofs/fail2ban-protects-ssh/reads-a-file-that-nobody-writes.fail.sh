# hosts: debian12 debian11 debian13
# profile: alliance
# Debian 12 has no rsyslog any more: sshd writes to the journal, the jail reads an empty file.
: >/var/log/auth.log
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
