# hosts: debian12 debian11 debian13
# profile: alliance
# A second table accepts everything, earlier; an accept ends only its own chain.
nft -f - <<'END'
table inet early {
	chain input {
		type filter hook input priority -10; policy accept;
		accept
	}
}
END
