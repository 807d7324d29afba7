# hosts: debian12 debian11 debian13
# profile: alliance
# sshd logs no failed log-ins at all, so there is nothing to read.
echo 'LogLevel QUIET' >/etc/ssh/sshd_config.d/20-log.conf
systemctl reload ssh
