# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Another way to write it.
sed -i 's|^\*/5 \* \* \* \* root|0-59/5 * * * * root|' /etc/cron.d/aide-check
grep -q aide /etc/cron.d/aide-check
