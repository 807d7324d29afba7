# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: log2ram
# The same, and a service that copies it to a disk once in a while, as single-board computers have it.
cp -a /var/log /run/log-before
mount -t tmpfs log2ram /var/log
cp -a /run/log-before/. /var/log
systemctl restart systemd-journald.service
journalctl --flush
