# hosts: centos fedora
# profile: alliance
# `yum update` of one package is no update of the host.
/usr/local/lib/lab/offer-update sudo bugfix
dnf -q -y update sudo
/usr/local/lib/lab/offer-update bash bugfix
