# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# A line of cron whose program leaves no trace: the site names the file that it touches when all went well.
# inventory: hostproof_backup_stamps: [/var/lib/backup-succeeded]
systemctl disable --quiet --now backup.timer
/usr/local/lib/lab/install rsync >/dev/null
echo '5 1 * * * root rsync -a /etc backup@backup.example:web/ && touch /var/lib/backup-succeeded' >/etc/cron.d/backup
touch -d '3 days ago' /var/lib/backup-succeeded
