# hosts: debian12 debian11 debian13
# profile: alliance
# A script of the site bans; nobody here can say what it does.
printf '[Definition]\nactionban = /usr/local/sbin/block <ip>\nactionunban = /usr/local/sbin/unblock <ip>\n' >/etc/fail2ban/action.d/own-script.conf
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
action = own-script
END
fail2ban-client reload >/dev/null
