# hosts: debian12 debian11 debian13
# profile: alliance
# Looks open to those who read policies: policy accept, and a last rule that rejects.
nft flush ruleset
nft -f - <<'END'
table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
		iif "lo" accept
		ct state established,related accept
		meta l4proto { icmp, ipv6-icmp } accept
		ip saddr 10.99.0.0/24 tcp dport 22 accept
		ip6 saddr fd99::/64 tcp dport 22 accept
		tcp dport { 80, 443 } accept
		reject
	}
}
END
