# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# reason: crontabs/plain line [0-9]+ is ignored: cron may not run anything as plain: the account expired on
# A user's own crontab, and yesterday's backup. cron has stopped running it: the account's time is over.
systemctl disable --quiet --now backup.timer
rm -r /root/.cache/borg
install -d -o plain -g plain /srv/borg
runuser -u plain -- env HOME=/home/plain borg init --encryption=none /srv/borg
runuser -u plain -- env HOME=/home/plain borg create /srv/borg::first /etc/hostname
echo '5 1 * * * borg create /srv/borg::{now} /etc/hostname' | crontab -u plain -
usermod --expiredate "$(date -d yesterday +%F)" plain
