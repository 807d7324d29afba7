# hosts: debian12 debian11 debian13
# profile: alliance
# The plain fault.
dpkg --purge fail2ban >/dev/null
