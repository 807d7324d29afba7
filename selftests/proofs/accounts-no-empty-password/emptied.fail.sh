# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# passwd -d, which some take for locking.
passwd -q -d plain
