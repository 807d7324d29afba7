# hosts: debian12 debian11 debian13
# profile: alliance
# fail2ban's chain is the only one left; it turns away those who are banned, and nobody else. (thread 36, Lynis 81)
fail2ban-client set sshd banip 198.51.100.9
sleep 1
nft list table inet f2b-table
nft delete table inet filter
