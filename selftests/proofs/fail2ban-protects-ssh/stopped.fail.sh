# hosts: debian12 debian11 debian13
# profile: alliance
# The plain fault.
systemctl stop fail2ban
