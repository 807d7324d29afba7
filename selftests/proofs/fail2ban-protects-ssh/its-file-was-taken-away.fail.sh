# hosts: debian12 debian11 debian13
# profile: alliance
# The jail was started on a file that is no longer there.
: >/var/log/auth.log
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
backend = polling
logpath = /var/log/auth.log
END
fail2ban-client reload >/dev/null
rm /var/log/auth.log
