# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# cron does not write down how a job ended, and neither does rsync.
systemctl disable --quiet --now backup.timer
/usr/local/lib/lab/install rsync >/dev/null
echo '5 1 * * * root rsync -a /etc backup@backup.example:web/' >/etc/cron.d/backup
