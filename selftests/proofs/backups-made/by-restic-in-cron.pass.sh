# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# Another program, and cron in the place of a timer: nothing records how it ended but its own cache.
systemctl disable --quiet --now backup.timer
rm -r /root/.cache/borg
/usr/local/lib/lab/install restic >/dev/null
echo secret >/root/restic-password
printf '#!/bin/sh\nexec restic -r /srv/restic --password-file /root/restic-password backup /etc/ssh\n' >/usr/local/sbin/backup
chmod 755 /usr/local/sbin/backup
echo '5 1 * * * root /usr/local/sbin/backup' >/etc/cron.d/backup
HOME=/root restic -q -r /srv/restic --password-file /root/restic-password init
HOME=/root /usr/local/sbin/backup >/dev/null
