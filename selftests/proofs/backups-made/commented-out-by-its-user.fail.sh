# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# reason: nothing on this host starts a backup
# A backup of today, made by hand. The line that was to make the next ones is a comment, and so is what the script would do.
systemctl disable --quiet --now backup.timer
install -d -o plain -g plain /srv/borg
runuser -u plain -- env HOME=/home/plain borg init --encryption=none /srv/borg
runuser -u plain -- env HOME=/home/plain borg create /srv/borg::first /etc/hostname
printf '#!/bin/sh\n# borg create /srv/borg::{now} /etc/hostname\n' >/home/plain/backup
chmod 755 /home/plain/backup
chown plain:plain /home/plain/backup
printf '#5 1 * * * borg create /srv/borg::{now} /etc/hostname\n5 2 * * * ~/backup\n' | crontab -u plain -
