# hosts: debian12 debian13
# profile: ibm-hpvs
# /etc/cron.daily/aide ends at once where systemd runs: its check is left to a timer.
echo '*/5 * * * * root /etc/cron.daily/aide' >/etc/cron.d/aide-check
