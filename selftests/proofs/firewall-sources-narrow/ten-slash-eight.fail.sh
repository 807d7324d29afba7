# hosts: debian12 debian11 debian13 ubuntu2404 fedora
# profile: alliance
# Private, and sixteen million addresses.
nft add rule inet filter input ip saddr 10.0.0.0/8 tcp dport 5432 accept
