# hosts: debian12 ubuntu2204
# profile: alliance
# Names no port and opens none: an accept ends only its own chain, and the next one decides.
nft -f - <<'END'
table inet early {
	chain input {
		type filter hook input priority -10; policy drop;
		accept
	}
}
END
