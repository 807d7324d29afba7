# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The next restart takes everything away.
printf '[Journal]\nStorage=volatile\n' >/etc/systemd/journald.conf.d/keep.conf
systemctl restart systemd-journald
