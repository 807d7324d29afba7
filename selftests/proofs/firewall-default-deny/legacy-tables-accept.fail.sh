# hosts: debian12
# profile: ibm-hpvs
# The rules are in the legacy tables, and those turn away broken packets only.
nft flush ruleset
iptables-legacy -A INPUT -m conntrack --ctstate INVALID -j DROP
ip6tables-legacy -A INPUT -m conntrack --ctstate INVALID -j DROP
