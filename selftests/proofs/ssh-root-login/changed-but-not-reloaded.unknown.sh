# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The file says no, the running daemon has read another one: what it does cannot be seen (thread 44, mitre #108).
echo 'PermitRootLogin no' >/etc/ssh/sshd_config.d/00-new.conf
