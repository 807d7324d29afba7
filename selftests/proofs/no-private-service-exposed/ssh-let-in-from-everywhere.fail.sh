# hosts: debian12 debian11 debian13
# profile: alliance
# The firewall names port 22 and forgets the source.
nft add rule inet filter input tcp dport 22 accept
