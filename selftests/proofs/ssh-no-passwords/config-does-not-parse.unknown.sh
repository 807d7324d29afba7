# hosts: debian12 debian11 debian13
# profile: alliance
# The daemon still runs with what it read before; nobody can say what that was.
echo 'PasswordAuthentiction no' >>/etc/ssh/sshd_config
