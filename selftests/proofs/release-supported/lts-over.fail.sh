# hosts: ubuntu2204 ubuntu2404
# profile: alliance
# Ubuntu 20.04 without Ubuntu Pro.
sed -i -e 's/2[24]\.04/20.04/g' -e 's/jammy\|noble/focal/g' /usr/lib/os-release
