# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Stated and fresh, but the host does not say which release it is.
rm -f /etc/os-release /usr/lib/os-release
