# hosts: debian12 debian11 debian13
# profile: alliance
# The daemon runs with what it read before; what is on disk says nothing about it.
echo 'PubkeyAuthentiction yes' >>/etc/ssh/sshd_config
