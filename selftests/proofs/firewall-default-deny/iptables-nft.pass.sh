# hosts: debian12 debian13
# profile: alliance
# iptables in the place of nft, which lists such rules without their matches.
systemctl disable --now nftables.service
nft flush ruleset
for tool in iptables ip6tables; do
    $tool -P INPUT DROP
    $tool -A INPUT -i lo -j ACCEPT
    $tool -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    $tool -A INPUT -p tcp -m multiport --dports 22,80,443 -m conntrack --ctstate NEW -j ACCEPT
done
iptables -A INPUT -p icmp -j ACCEPT
ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
