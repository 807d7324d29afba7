# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Started every five minutes, and each time it stops at once.
rm /var/lib/aide/aide.db
sh -c "$(sed -n 's|^\*/5.* root /|/|p' /etc/cron.d/aide-check)" || true
