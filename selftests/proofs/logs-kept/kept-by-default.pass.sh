# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Nothing is set: Storage=auto keeps the journal where its folder is there.
rm /etc/systemd/journald.conf.d/keep.conf
mkdir -p /var/log/journal
systemctl restart systemd-journald
