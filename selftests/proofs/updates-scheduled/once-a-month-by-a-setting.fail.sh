# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204
# profile: alliance
# reason: lets 30 days pass
# The timer runs every day, and its script waits for thirty days to pass: the value is a number of days, not a switch.
sed -i 's/^APT::Periodic::Unattended-Upgrade .*/APT::Periodic::Unattended-Upgrade "30";/' /etc/apt/apt.conf.d/20auto-upgrades
