# hosts: debian12 debian11 debian13
# profile: alliance
# The chain that drops is there, but no rule leads to it.
nft flush ruleset
nft -f - <<'END'
table inet filter {
	chain input {
		type filter hook input priority filter; policy accept;
		iif "lo" accept
		ct state established,related accept
		ct state invalid jump rest
	}
	chain rest {
		drop
	}
	chain denied {
		tcp dport 0-65535 drop
		drop
	}
}
END
