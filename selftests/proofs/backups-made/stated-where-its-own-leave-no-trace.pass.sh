# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# How the job of rsync ends nobody sees from here; whoever looked at what it made has stated it.
# inventory: hostproof_statement_backups_made: {by: Ada, date: TODAY-20, copies: "/etc, by rsync every night, on backup.example", newest: TODAY-20}
systemctl disable --quiet --now backup.timer
/usr/local/lib/lab/install rsync >/dev/null
echo '5 1 * * * root rsync -a /etc backup@backup.example:web/' >/etc/cron.d/backup
