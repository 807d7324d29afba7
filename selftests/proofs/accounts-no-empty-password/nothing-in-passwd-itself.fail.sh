# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The field in /etc/passwd is empty, so nobody asks /etc/shadow, where it looks locked.
sed -i 's/^plain:x:/plain::/' /etc/passwd
