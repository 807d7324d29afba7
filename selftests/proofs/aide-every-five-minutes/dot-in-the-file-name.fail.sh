# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# Debian's cron skips names with a dot, and says nothing.
mv /etc/cron.d/aide-check /etc/cron.d/aide-check.cron
