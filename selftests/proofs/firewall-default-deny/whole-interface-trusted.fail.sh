# hosts: debian12
# profile: alliance
# The only interface there is counts as the inner one.
nft insert rule inet filter input iifname "e*" accept
