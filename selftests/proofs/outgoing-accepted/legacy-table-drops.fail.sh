# hosts: debian12
# profile: ibm-hpvs
# The rules that nft knows accept; a legacy table does not.
iptables-legacy -A OUTPUT -p udp -m udp --dport 123 -j DROP
