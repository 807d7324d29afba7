# hosts: debian12 debian13
# profile: alliance
# No rule says 0.0.0.0/0, yet two of them together do.
nft insert rule inet filter input ip saddr 0.0.0.0/1 accept
nft insert rule inet filter input ip saddr 128.0.0.0/1 accept
