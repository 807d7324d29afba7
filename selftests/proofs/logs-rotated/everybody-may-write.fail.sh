# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# So that a program of some user can write to it.
chmod 666 /var/log/fail2ban.log
