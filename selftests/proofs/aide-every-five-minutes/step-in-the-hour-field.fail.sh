# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Reads like five minutes and means every minute of every fifth hour.
sed -i 's|^\*/5 \* \* \* \* root|* */5 * * * root|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
