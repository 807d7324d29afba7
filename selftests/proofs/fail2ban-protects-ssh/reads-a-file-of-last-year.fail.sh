# hosts: debian12 debian11 debian13
# profile: alliance
# The file has messages of sshd, from the time when a log daemon wrote it.
echo 'Nov 23 10:00:00 host sshd[4711]: Accepted publickey for root from 10.99.0.1 port 51000 ssh2' >/var/log/auth.log
touch -d '1 year ago' /var/log/auth.log
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
