# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# A hash is as good as a password once the account is not locked.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/instances/iid-1/user-data.txt <<'END'
#cloud-config
users: [default, {name: eve, lock_passwd: false, passwd: "$6$salt$hash"}]
END
