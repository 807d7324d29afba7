# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# A copy on the same disk burns with it.
systemctl disable --quiet --now backup.timer
/usr/local/lib/lab/install rsync >/dev/null
echo '5 1 * * * root rsync -a /etc /srv/copy' >/etc/cron.d/backup
