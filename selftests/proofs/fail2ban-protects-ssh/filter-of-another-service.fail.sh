# hosts: debian12 debian11 debian13
# profile: alliance
# A jail called sshd that counts failures of a web server.
cat >/etc/fail2ban/jail.d/zz-proof.local <<'END'
[sshd]
filter = nginx-http-auth
END
fail2ban-client reload >/dev/null
