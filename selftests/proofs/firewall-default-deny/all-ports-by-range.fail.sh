# hosts: debian12 debian13
# profile: alliance
# One rule opens every port, as a range.
nft add rule inet filter input tcp dport 1-65535 accept
