# hosts: debian12 debian11 debian13
# profile: alliance
# rsyslog is here and writes what sshd logs.
/usr/local/lib/lab/install rsyslog >/dev/null
systemctl restart rsyslog
# The newest log-in has to be one that rsyslog was there for.
ssh -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null guess@localhost true || test $? = 255
until grep -qs 'Invalid user guess' /var/log/auth.log; do sleep 0.1; done
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 4
