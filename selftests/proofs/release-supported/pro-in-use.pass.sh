# hosts: ubuntu2204
# profile: alliance
# Ubuntu 20.04 with Ubuntu Pro, whose archive only subscribers can download from.
sed -i -e 's/22\.04/20.04/g' -e 's/jammy/focal/g' /usr/lib/os-release
: >/var/lib/apt/lists/esm.ubuntu.com_infra_ubuntu_dists_focal-infra-security_InRelease
