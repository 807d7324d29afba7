# hosts: debian12 debian11 debian13
# profile: alliance
# ssh.service is inactive, systemd holds port 22, and the settings are right (Ubuntu ships it so) (thread 46, lynis #629).
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
