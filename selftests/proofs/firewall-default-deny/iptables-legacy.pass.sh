# hosts: debian12
# profile: ibm-hpvs
# The rules are in legacy tables, which nft does not know of.
nft flush ruleset
for tool in iptables-legacy ip6tables-legacy; do
    $tool -P INPUT DROP
    $tool -A INPUT -i lo -j ACCEPT
    $tool -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    $tool -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
done
ip6tables-legacy -A INPUT -p ipv6-icmp -j ACCEPT
