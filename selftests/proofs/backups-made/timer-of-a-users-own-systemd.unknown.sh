# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: nightly\.timer of plain
# A user's own systemd starts something without a log-in; what its services do is not read.
systemctl disable --quiet --now backup.timer
own=/home/plain/.config/systemd/user
mkdir -p "$own/timers.target.wants"
printf '[Timer]\nOnCalendar=daily\n' >"$own/nightly.timer"
printf '[Service]\nExecStart=/usr/bin/borg create /srv/borg::{now} /etc/hostname\n' >"$own/nightly.service"
ln -s ../nightly.timer "$own/timers.target.wants/"
chown -R plain:plain /home/plain/.config
mkdir -p /var/lib/systemd/linger
touch /var/lib/systemd/linger/plain
