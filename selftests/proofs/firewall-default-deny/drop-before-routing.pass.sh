# hosts: debian12
# profile: alliance
# No input chain at all: packets are turned away before they are routed.
nft flush ruleset
nft -f - <<'END'
table inet early {
	chain prerouting {
		type filter hook prerouting priority mangle; policy drop;
		iif "lo" accept
		ct state established,related accept
		icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-advert } accept
		ip saddr 10.99.0.0/24 tcp dport 22 accept
		ip6 saddr fd99::/64 tcp dport 22 accept
	}
}
END
