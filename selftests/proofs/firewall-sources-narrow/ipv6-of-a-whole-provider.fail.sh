# hosts: centos debian12 ubuntu2204
# profile: alliance
# IPv4 is narrow; IPv6 lets in a /32.
nft add rule inet filter input ip saddr 10.20.0.0/24 tcp dport 5432 accept
nft add rule inet filter input ip6 saddr 2001:db8::/32 tcp dport 5432 accept
