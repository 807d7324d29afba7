# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Made on the host, as many a manual says.
ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
