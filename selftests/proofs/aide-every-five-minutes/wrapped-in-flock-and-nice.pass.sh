# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Keeps runs from overlapping, and out of the way.
sed -i 's|root /usr/bin/aide|root flock -n /run/aide.lock nice -n 19 ionice -c 3 timeout 280 /usr/bin/aide|' /etc/cron.d/aide-check
grep -q flock /etc/cron.d/aide-check
