# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The rules are loaded and saved; no boot loads them again.
systemctl disable --quiet nftables.service
