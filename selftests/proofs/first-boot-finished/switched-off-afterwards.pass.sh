# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Once it was through it was switched off, and its state of this boot is gone.
mkdir -p /etc/cloud /var/lib/cloud/instances/iid-1
ln -s instances/iid-1 /var/lib/cloud/instance
echo '14.80 - Thu, 26 Nov 2026 17:35:14 +0000 - v. 22.4.2' >/var/lib/cloud/instance/boot-finished
touch /etc/cloud/cloud-init.disabled
