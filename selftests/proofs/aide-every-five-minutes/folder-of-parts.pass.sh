# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# run-parts over a folder of one's own.
mkdir /etc/cron.5minutes
printf '#!/bin/sh\nexec /usr/bin/aide --check --config=/etc/aide/aide.conf\n' >/etc/cron.5minutes/aide
chmod 755 /etc/cron.5minutes/aide
echo '*/5 * * * * root cd / && run-parts /etc/cron.5minutes' >/etc/cron.d/aide-check
