# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# Everything is written down and nobody reads it.
systemctl stop cron
