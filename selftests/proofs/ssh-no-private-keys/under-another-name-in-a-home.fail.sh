# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Copied into the home by that person, not into .ssh, and not called id_something.
ssh-keygen -q -t ed25519 -N '' -f /home/plain/cluster.txt
rm /home/plain/cluster.txt.pub
