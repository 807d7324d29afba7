# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# Days up, and the last report is from the first of them; its file was touched since.
sed -i 's/^\(Start\|End\) timestamp: ....-..-.. /\1 timestamp: 2026-10-01 /' /var/log/aide/aide.log
printf '500000.00 900000.00\n' >/root/uptime
mount --bind /root/uptime /proc/uptime
# Lest a check of this minute puts it right.
sed -i 's|>>/var/log/aide/aide.log|>>/dev/null|' /etc/cron.d/aide-check
