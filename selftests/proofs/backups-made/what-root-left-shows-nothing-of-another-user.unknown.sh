# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# reason: nothing shows whether one ever succeeded
# A line of cron.d that runs as somebody else. root's own backup of today, made by hand, is no success of that.
systemctl disable --quiet --now backup.timer
systemctl start backup.service
echo '5 1 * * * plain borg create /srv/backup::{now} /etc' >/etc/cron.d/backup
