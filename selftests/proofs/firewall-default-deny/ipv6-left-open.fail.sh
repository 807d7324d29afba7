# hosts: debian12
# profile: alliance
# IPv4 is closed, IPv6 has a table with the policy accept.
nft flush ruleset
nft -f - <<'END'
table ip filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iif "lo" accept
		ct state established,related accept
		ip saddr 10.99.0.0/24 tcp dport 22 accept
	}
}
table ip6 filter {
	chain input {
		type filter hook input priority filter; policy accept;
		ct state invalid drop
	}
}
END
