# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# It is there, and left nothing about any boot.
mkdir -p /var/lib/cloud/data
