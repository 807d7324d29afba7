# hosts: debian12 debian11 debian13
# profile: alliance
# rsyslog is here and writes what sshd logs.
/usr/local/lib/lab/install rsyslog >/dev/null
systemctl restart rsyslog
logger -p auth.info 'the file exists from now on'
until test -s /var/log/auth.log; do sleep 0.1; done
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
