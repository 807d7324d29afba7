# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# A file that cron drops does not take others with it.
printf '61 * * * * root true\n' >/etc/cron.d/broken
printf '* * * * * root true' >/etc/cron.d/unended
