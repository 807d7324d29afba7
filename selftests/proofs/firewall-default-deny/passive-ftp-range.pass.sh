# hosts: debian12
# profile: alliance
# A service that needs a range of ports is no hole in the default.
nft add rule inet filter input 'tcp dport { 21, 40000-40999 } accept'
