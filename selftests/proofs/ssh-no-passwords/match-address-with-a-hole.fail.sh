# hosts: debian12 debian11 debian13
# profile: alliance
# Only a part of a network is let in: neither its first address nor the outside shows it.
cat >/etc/ssh/sshd_config.d/90-office.conf <<'END'
Match Address 10.0.0.0/8,!10.0.0.0/16
    PasswordAuthentication yes
END
systemctl reload ssh
