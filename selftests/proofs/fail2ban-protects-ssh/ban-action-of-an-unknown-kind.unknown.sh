# hosts: debian12 debian11 debian13
# profile: alliance
# A script of the site bans; nobody here can say what it does.
printf '[Definition]\nactionban = /usr/local/sbin/block <ip>\nactionunban = /usr/local/sbin/unblock <ip>\n' >/etc/fail2ban/action.d/own-script.conf
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
action = own-script
END
systemctl restart fail2ban
until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done
sleep 1
