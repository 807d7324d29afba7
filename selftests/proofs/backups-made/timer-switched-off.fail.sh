# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The last backup is from today, and there will be no other.
systemctl disable --quiet --now backup.timer
