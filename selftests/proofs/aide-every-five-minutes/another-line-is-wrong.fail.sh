# hosts: debian12
# profile: ibm-hpvs
# One line that cron does not take, and it drops the whole file.
echo '61 * * * * root true' >>/etc/cron.d/aide-check
