# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# Its name says so, its text is no shell's: it may be a check.
printf '#!/usr/bin/python3\nimport os\nos.system("aide --check --config=/etc/aide/aide.conf")\n' >/usr/local/sbin/aide-check
chmod 755 /usr/local/sbin/aide-check
echo '*/5 * * * * root /usr/local/sbin/aide-check' >/etc/cron.d/aide-check
