# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# What is set does not show yet: journald reads its settings when it starts.
printf '[Journal]\nStorage=volatile\n' >/etc/systemd/journald.conf.d/zz-small-disk.conf
