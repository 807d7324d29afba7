# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# A passphrase delays whoever takes the key along.
ssh-keygen -q -t ed25519 -N 'correct horse' -f /home/admin/.ssh/id_ed25519
