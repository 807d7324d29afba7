# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# The daemon runs on; systemd was told never to start it.
systemctl mask --quiet ssh.service
