# hosts: debian12 debian11 debian13
# profile: alliance
# AuthenticationMethods names a key first, and a password as the alternative.
cat >/etc/ssh/sshd_config.d/05-methods.conf <<'END'
PasswordAuthentication yes
AuthenticationMethods publickey password
END
systemctl reload ssh
