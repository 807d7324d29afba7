# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Works until the next restart.
nft add rule inet filter input tcp dport 443 accept
