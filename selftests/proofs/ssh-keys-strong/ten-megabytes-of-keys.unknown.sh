# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# More than is read of one file.
head -c 10000000 /dev/zero | tr '\0' '#' >>/home/plain/.ssh/authorized_keys
