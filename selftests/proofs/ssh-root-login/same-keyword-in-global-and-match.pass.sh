# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The keyword stands in the global part and in a Match block, which says the same (thread 41, ssh-baseline #218).
printf 'PermitRootLogin no\nMatch Address 192.0.2.0/24,2001:db8::/32\n    PermitRootLogin no\n' >/etc/ssh/sshd_config.d/00-root.conf
systemctl try-reload-or-restart ssh.service sshd.service
