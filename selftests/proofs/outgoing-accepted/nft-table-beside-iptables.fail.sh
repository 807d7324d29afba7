# hosts: debian12
# profile: ibm-hpvs
# iptables shows nothing but ACCEPT; the rule is in a table that nft made.
nft -f - <<'END'
table inet proxy_only {
	chain output {
		type filter hook output priority 10; policy accept;
		oifname != "lo" tcp dport { 80, 443 } ct state new drop
	}
}
END
