# hosts: fedora centos
# profile: alliance
# The repositories say nothing, so what dnf.conf says holds.
sed -i '/^gpgcheck/d' /etc/yum.repos.d/*.repo
