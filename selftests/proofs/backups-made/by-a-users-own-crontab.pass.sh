# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# What `crontab -e` of an ordinary user writes: a script below the user's home, and what the program leaves behind is there, too.
systemctl disable --quiet --now backup.timer
rm -r /root/.cache/borg
/usr/local/lib/lab/install restic >/dev/null
install -d -o plain -g plain /srv/restic /home/plain/bin
printf '#!/bin/sh\n[ -e "$HOME/.no-backup" ] || restic -q -r /srv/restic --password-file ~/password backup /etc/ssh/ssh_config\n' >/home/plain/bin/backup
chmod 775 /home/plain/bin/backup
echo secret >/home/plain/password
chown plain:plain /home/plain/password /home/plain/bin/backup
echo '5 1 * * * "$HOME/bin/backup" >/dev/null' | crontab -u plain -
runuser -u plain -- env HOME=/home/plain restic -q -r /srv/restic --password-file /home/plain/password init
runuser -u plain -- env HOME=/home/plain /home/plain/bin/backup
