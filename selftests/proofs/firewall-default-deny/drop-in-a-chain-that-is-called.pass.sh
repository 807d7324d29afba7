# hosts: debian12
# profile: alliance
# The input chain itself drops nothing; the chain that it jumps to does.
nft flush ruleset
nft -f - <<'END'
table inet filter {
	chain rest {
		ct state established,related accept
		ip saddr 10.99.0.0/24 tcp dport 22 accept
		ip6 saddr fd99::/64 tcp dport 22 accept
		ip6 nexthdr ipv6-icmp accept
		counter drop
	}
	chain input {
		type filter hook input priority filter; policy accept;
		iif "lo" accept
		jump rest
	}
}
END
