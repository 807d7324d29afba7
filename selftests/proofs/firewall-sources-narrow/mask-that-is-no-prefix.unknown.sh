# hosts: debian12 ubuntu2204
# profile: alliance
# Every seventh host of every network: no prefix length says how many that are.
nft add rule inet filter input ip saddr '&' 10.0.0.255 == 10.0.0.7 tcp dport 5432 accept
