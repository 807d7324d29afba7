# hosts: debian12
# profile: alliance
# A limit on how often does not change who gets in.
nft add rule inet filter input limit rate 100/second accept
