# hosts: debian12 debian11 debian13
# profile: alliance
# A negated pattern lets everybody in but the one user whom most tools ask about.
printf 'Match User *,!root\n    PasswordAuthentication yes\n' >>/etc/ssh/sshd_config
systemctl reload ssh
