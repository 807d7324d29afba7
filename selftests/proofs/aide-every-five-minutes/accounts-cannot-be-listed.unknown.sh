# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Whether a line's user exists decides whether cron takes it.
rm /usr/bin/getent
