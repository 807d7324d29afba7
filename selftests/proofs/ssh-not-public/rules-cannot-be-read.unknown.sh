# hosts: debian12 debian11 debian13
# profile: alliance
# sshd listens, and no tool tells what the firewall does.
rm "$(command -v nft)" "$(command -v iptables-save)" "$(command -v ip6tables-save)"
