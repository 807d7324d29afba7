# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# The path is that of another distribution.
sed -i 's|root /usr/bin/aide|root /usr/local/sbin/aide|' /etc/cron.d/aide-check
grep -q /usr/local/sbin/aide /etc/cron.d/aide-check
