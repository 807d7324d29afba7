# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# cron hands the command to the SHELL of the file.
sed -i 's|^SHELL=.*|SHELL=/usr/sbin/nologin|' /etc/cron.d/aide-check
