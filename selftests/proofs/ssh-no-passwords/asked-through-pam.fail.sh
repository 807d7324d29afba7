# hosts: debian12 debian11 debian13
# profile: alliance
# PasswordAuthentication is off, yet PAM asks for the password through keyboard-interactive.
sed -i 's/^KbdInteractiveAuthentication no/KbdInteractiveAuthentication yes/' /etc/ssh/sshd_config.d/10-keys-only.conf
sed -i 's/^ChallengeResponseAuthentication no/#&/' /etc/ssh/sshd_config
systemctl reload ssh
