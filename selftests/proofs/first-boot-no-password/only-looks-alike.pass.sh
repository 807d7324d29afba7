# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Nothing of this sets an account's password.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
cat >/var/lib/cloud/instances/iid-1/user-data.txt <<'END'
#cloud-config
# password: correct-horse
ssh_pwauth: false
chpasswd: {expire: true}
users:
  - default
  - name: eve
    lock_passwd: true
    passwd: "*"
write_files:
  - path: /etc/shop.ini
    content: |
      [database]
      password: for-a-program
      password: another
packages: [libpam-passwdqc]
runcmd:
  - passwd -l ubuntu
  - [sh, -c, "grep -c chpasswd: /etc/shop.ini"]
END
