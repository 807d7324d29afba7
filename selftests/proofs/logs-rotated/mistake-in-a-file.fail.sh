# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# logrotate leaves out what it does not understand.
printf '/var/log/fail2ban.log {\n    weekly\n    rotate many\n}\n' >/etc/logrotate.d/fail2ban
