# hosts: debian13 debian12 fedora
# profile: ibm-hpvs
# iptables lets it in; a table of nft has turned it away before.
nft -f - <<'END'
table inet early {
	chain input {
		type filter hook input priority -10; policy accept;
		tcp dport { 443, 8443 } drop
	}
}
END
iptables -A INPUT -p tcp -m tcp --dport 443 -m state --state NEW -j ACCEPT
