# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Runs and reports, but half as often.
sed -i 's|^\*/5 \* \* \* \* root|*/10 * * * * root|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
