# hosts: debian12 debian11 debian13
# profile: alliance
# The chain of fail2ban with policy accept stands beside the one that drops.
fail2ban-client set sshd banip 198.51.100.9
sleep 1
nft list table inet f2b-table
