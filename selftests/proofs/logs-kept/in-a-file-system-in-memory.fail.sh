# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: /var/log and /var/log/journal is a file system in memory
# Storage=persistent, and journald writes to /var/log/journal: to spare the disk somebody mounted a tmpfs there.
cp -a /var/log /run/log-before
mount -t tmpfs tmpfs /var/log
cp -a /run/log-before/. /var/log
systemctl restart systemd-journald.service
journalctl --flush
