# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Without ss the kernel's own table tells that sshd is open: a missing tool is no closed port (thread 49, inspec #762).
rm "$(command -v ss)"
nft add rule inet filter input tcp dport 22 accept
