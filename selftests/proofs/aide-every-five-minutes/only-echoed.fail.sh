# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# The words are all there, but echo gets them.
sed -i 's|^\*/5 \* \* \* \* root|*/5 * * * * root echo|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
