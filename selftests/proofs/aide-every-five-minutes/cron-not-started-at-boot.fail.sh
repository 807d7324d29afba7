# hosts: debian12
# profile: ibm-hpvs
# Runs until the next restart.
systemctl disable --quiet cron
