# hosts: debian12 debian11 debian13
# profile: alliance
# The jail was started on a file that is no longer there.
: >/var/log/auth.log
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
rm /var/log/auth.log
