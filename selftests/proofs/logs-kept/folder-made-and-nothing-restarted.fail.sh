# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# With Storage=auto the folder is asked for once, when journald starts; now it is there and nothing is written to it.
rm /etc/systemd/journald.conf.d/keep.conf
rm -r /var/log/journal
systemctl restart systemd-journald
mkdir /var/log/journal
