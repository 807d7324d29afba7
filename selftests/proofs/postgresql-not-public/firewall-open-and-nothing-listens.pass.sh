# hosts: centos debian12
# profile: alliance
# The firewall lets packets in, and the kernel refuses them.
nft add rule inet filter input tcp dport '{ 3306, 5432, 6379 }' accept
