# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The firewall names port 22 and forgets the source.
nft add rule inet filter input tcp dport 22 accept
