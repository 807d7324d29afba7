# hosts: fedora debian12
# profile: alliance
# IPv6 without a way there. What is seen over IPv4 says nothing about it.
# A silent IPv6 address has been passed over (thread 52, nmap #1281).
nft insert rule inet filter input ip6 saddr 2001:db8:99::/64 drop
