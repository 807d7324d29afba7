# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# The line is there; cron does not see it.
sed -i 's/^[*]/# &/' /etc/cron.d/aide-check
