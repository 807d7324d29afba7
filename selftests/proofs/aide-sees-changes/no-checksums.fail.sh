# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Size, owner and permissions only.
sed -i 's/^Content = .*/Content = p+u+g+ftype+s/' /etc/aide/aide.conf
