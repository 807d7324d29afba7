# hosts: debian12 debian11 debian13
# profile: alliance
# A tool appended the right lines to a file that ends in a Match block, so they hold for that user only (thread 42, CaC #11049).
rm /etc/ssh/sshd_config.d/10-keys-only.conf
cat >>/etc/ssh/sshd_config <<'END'

Match User backup
    X11Forwarding no
PasswordAuthentication no
KbdInteractiveAuthentication no
END
systemctl reload ssh
