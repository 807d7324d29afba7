# hosts: debian12 ubuntu2204
# profile: alliance
# Nothing but IPv6 leads out, and its rules were written by ip6tables; iptables has none. (thread 35, Lynis 1721)
address=$(ip -o -4 address show eth0 | sed 's|.* inet \([0-9.]*\)/.*|\1|')
ip link add kept type bridge
ip link set kept up
ip address add "$address/32" dev kept
ip address del "$address/24" dev eth0
ip route add 10.99.0.0/24 dev eth0 src "$address"
nft flush ruleset
ip6tables -P INPUT DROP
ip6tables -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
ip6tables -A INPUT -s fd99::/64 -p tcp -m tcp --dport 22 -j ACCEPT
