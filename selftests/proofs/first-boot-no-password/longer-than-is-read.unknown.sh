# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# More than is looked at.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
head -c 5000000 /dev/zero | tr '\0' '#' >/var/lib/cloud/instances/iid-1/user-data.txt
