# hosts: centos debian12
# profile: alliance
# The host itself says that nothing listens; what strangers reach at its addresses, nobody has seen.
# A scan without an answer has been read as one without open ports, or ended in an error (thread 53, users of python-nmap).
nft insert rule inet filter input ip saddr 198.51.100.0/24 drop
nft insert rule inet filter input ip6 saddr 2001:db8:99::/64 drop
