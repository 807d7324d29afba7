# hosts: fedora centos
# profile: alliance
# As in a slim image.
dnf -q clean all
