# hosts: debian12
# profile: alliance
# nft accepts everything, but a packet has to get past the legacy tables as well.
nft flush ruleset
nft -f - <<'END'
table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
	}
}
END
for tool in iptables-legacy ip6tables-legacy; do
    $tool -A INPUT -i lo -j ACCEPT
    $tool -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
    $tool -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
done
ip6tables-legacy -A INPUT -p ipv6-icmp -j ACCEPT
iptables-legacy -A INPUT -j REJECT
ip6tables-legacy -A INPUT -j REJECT
