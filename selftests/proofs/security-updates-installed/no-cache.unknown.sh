# hosts: fedora centos
# profile: alliance
# `dnf -C` ends with 0 and names no update when it has no cache.
dnf -q clean all
dnf -C -q check-update
