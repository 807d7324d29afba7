# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Runs until the next restart.
systemctl disable --quiet ssh.service sshd.service 2>/dev/null || systemctl disable --quiet sshd.service
