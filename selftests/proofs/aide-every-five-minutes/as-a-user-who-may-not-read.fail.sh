# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# AIDE runs, and cannot read what only root may read.
sed -i 's|^\*/5 \* \* \* \* root|*/5 * * * * plain|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
