# hosts: debian12 debian13
# profile: alliance
# A host that is down, or another one's address, looks the same from there (thread 53, users of python-nmap).
nft insert rule inet filter input ip saddr 198.51.100.0/24 drop
nft insert rule inet filter input ip6 saddr 2001:db8:99::/64 drop
