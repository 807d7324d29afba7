# hosts: fedora debian12
# profile: alliance
# peers 52: IPv6 without a way there. What is seen over IPv4 says nothing about it.
nft insert rule inet filter input ip6 saddr 2001:db8:99::/64 drop
