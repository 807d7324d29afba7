# hosts: debian11 debian12 centos
# profile: alliance
# A rule with a range that no packet comes to, and one of a range that drops.
nft insert rule inet filter input tcp dport 1-1023 tcp dport != 22 drop
nft add rule inet filter input drop
nft add rule inet filter input tcp dport 8000-8100 accept
