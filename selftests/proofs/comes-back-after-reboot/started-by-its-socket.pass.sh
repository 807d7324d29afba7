# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# Ubuntu's way since 22.10: the service is off, the socket is on (thread 50, testinfra #647; thread 46, lynis #629).
systemctl disable --quiet --now ssh.service
systemctl enable --quiet --now ssh.socket
