# hosts: ubuntu2404 debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: alliance
# Everything is kept, and sshd says nothing.
echo 'LogLevel QUIET' >/etc/ssh/sshd_config.d/00-quiet.conf
systemctl reload ssh 2>/dev/null || systemctl reload sshd
