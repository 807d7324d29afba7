# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# The rule looks as if it opened the port; strangers are on none of these networks.
nft add rule inet filter input ip saddr '{ 203.0.113.0/24, 192.0.2.0/25 }' tcp dport 22 accept
nft add rule inet filter input ip6 saddr 2001:db8:77::/48 tcp dport 22 accept
