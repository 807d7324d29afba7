# hosts: debian12 debian11 debian13
# profile: alliance
# Two factors: a password is asked for, but only of whoever has shown a key. (root stays reachable for the
# audit.)
cat >/etc/ssh/sshd_config.d/05-two-factors.conf <<'END'
KbdInteractiveAuthentication yes
AuthenticationMethods publickey,keyboard-interactive:pam
Match User root
    AuthenticationMethods publickey
END
systemctl reload ssh
