# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A hundred ports by one rule.
nft add rule inet filter input tcp dport 8000-8100 accept
