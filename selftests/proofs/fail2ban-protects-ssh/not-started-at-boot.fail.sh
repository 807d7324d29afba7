# hosts: debian12 debian11 debian13
# profile: alliance
# It works until the host reboots.
systemctl disable --quiet fail2ban
