# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Only the journal's own folder is on a disk.
cp -a /var/log/journal /srv/journal
mount -t tmpfs tmpfs /var/log
mkdir /var/log/journal
mount --bind /srv/journal /var/log/journal
systemctl restart systemd-journald.service
journalctl --flush
