# hosts: debian13 debian12
# profile: ibm-hpvs
# cnspec #3682, CaC #6739 (thread 54): others call this "not scheduled". It is, once a day; that is not every five minutes, nor cron.
rm /etc/cron.d/aide-check
systemctl enable --quiet --now dailyaidecheck.timer
