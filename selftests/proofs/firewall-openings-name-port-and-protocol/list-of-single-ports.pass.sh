# hosts: ubuntu2404 debian12 debian11 fedora
# profile: alliance
# Ports in a list are named one by one, neighbours too.
nft add rule inet filter input 'tcp dport { 80, 139, 443, 445 } accept'
nft add rule inet filter input 'udp dport { 137, 138 } accept'
