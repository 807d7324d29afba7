# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Written as for `crontab -e`: in cron.d the sixth field is the user, and there is no user /usr/bin/aide.
sed -i 's|^\*/5 \* \* \* \* root|*/5 * * * *|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
