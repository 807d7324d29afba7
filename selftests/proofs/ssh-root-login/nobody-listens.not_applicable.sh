# hosts: debian12 debian11 debian13
# profile: alliance
# sshd is stopped: root logs in nowhere.
systemctl disable --quiet --now ssh.service
