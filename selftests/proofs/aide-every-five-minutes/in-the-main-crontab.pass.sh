# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# A line of /etc/crontab.
grep aide /etc/cron.d/aide-check >>/etc/crontab
rm /etc/cron.d/aide-check
