# hosts: debian12 debian13 fedora centos
# profile: alliance
# nftables is active, and iptables-legacy lists an empty rule set: that is no empty firewall. (threads 34
# and 37, Lynis 579, 1262, 767; debian-cis 191)
systemctl is-active nftables.service
[ -z "$(iptables-legacy-save)" ]
