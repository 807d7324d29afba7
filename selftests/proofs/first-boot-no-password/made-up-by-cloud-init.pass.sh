# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# cloud-init makes the password up, and it stands nowhere.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/instances/iid-1/user-data.txt <<'END'
#cloud-config
chpasswd:
  users:
    - {name: root, type: RANDOM}
  list: ['admin:RANDOM']
END
