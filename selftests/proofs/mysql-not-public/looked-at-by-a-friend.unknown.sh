# hosts: ubuntu2404 debian12
# profile: alliance
# inventory: hostproof_vantage: trusted
# What a machine that the host trusts can reach says nothing about everybody, neither that it is open nor that it is not.
nft add rule inet filter input tcp dport 3306 accept
