# hosts: ubuntu2204
# profile: alliance
# Ubuntu Pro's lists are left over from before an upgrade of the release.
sed -i -e 's/22\.04/20.04/g' -e 's/jammy/focal/g' /usr/lib/os-release
: >/var/lib/apt/lists/esm.ubuntu.com_infra_ubuntu_dists_bionic-infra-security_InRelease
