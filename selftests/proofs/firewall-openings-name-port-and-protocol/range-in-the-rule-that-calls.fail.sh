# hosts: centos debian12 debian13
# profile: alliance
# The accepting rule names nothing; the one that leads to it names a range.
nft -f - <<'END'
table inet filter {
	chain web {
		ct state new accept
	}
}
add rule inet filter input tcp dport vmap { 443 : accept, 9000-9010 : jump web }
END
