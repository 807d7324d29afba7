# hosts: debian12 debian11 debian13
# profile: alliance
# sshd also listens on 2222, and only there it takes passwords.
cat >/etc/ssh/sshd_config.d/90-port.conf <<'END'
Port 22
Port 2222
Match LocalPort 2222
    PasswordAuthentication yes
END
systemctl restart ssh
