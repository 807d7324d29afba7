# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Whose keys a directory hands out is seen by nobody here.
printf 'AuthorizedKeysCommand /usr/bin/true\nAuthorizedKeysCommandUser nobody\n' >/etc/ssh/sshd_config.d/90-command.conf
systemctl try-reload-or-restart ssh.service sshd.service
