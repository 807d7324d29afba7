# hosts: fedora debian11 debian12 debian13 centos
# profile: alliance
# The running daemon has read an older one.
echo 'PermitRootLogin perhaps' >>/etc/ssh/sshd_config
