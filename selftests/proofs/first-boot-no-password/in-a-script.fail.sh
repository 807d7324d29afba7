# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# User data can be a script; cloud-init keeps it to be run.
mkdir -p /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
mkdir /var/lib/cloud/instances/iid-1/scripts
cat >/var/lib/cloud/instances/iid-1/scripts/part-001 <<'END'
#!/bin/sh
apt-get -y install nginx
echo 'debian:correct-horse' | chpasswd
END
