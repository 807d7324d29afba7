# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Runs until the next restart.
systemctl disable --quiet cron
