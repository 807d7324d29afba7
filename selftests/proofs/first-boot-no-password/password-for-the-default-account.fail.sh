# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The plain way.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/instances/iid-1/user-data.txt <<'END'
#cloud-config
password: correct-horse
chpasswd: {expire: false}
END
