# hosts: debian13 debian12 fedora centos
# profile: alliance
# What is declared public may have any source; so may ICMP.
nft add rule inet filter input 'tcp dport { 80, 443 } accept'
