# hosts: debian12 debian11 debian13
# profile: alliance
# A removed package whose settings stay is still in the list of packages, in state rc.
dpkg --remove fail2ban >/dev/null
test -d /etc/fail2ban
