# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# A directory is asked for keys: of what type they are is seen by nobody here.
printf 'AuthorizedKeysCommand /usr/bin/true\nAuthorizedKeysCommandUser nobody\n' >/etc/ssh/sshd_config.d/90-command.conf
systemctl try-reload-or-restart ssh.service sshd.service
