# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# One line that cron does not take, and it drops the whole file.
echo '61 * * * * root true' >>/etc/cron.d/aide-check
