# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# sshd runs with what it loaded; the file tells nothing.
echo 'PermitRootLogin perhaps' >/etc/ssh/sshd_config.d/00-root.conf
