# hosts: debian12 debian11 debian13
# profile: alliance
# There are no rules for IPv6, and no IPv6 to have rules for.
mount -o remount,rw /proc/sys
sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
nft flush ruleset
nft -f - <<'END'
table ip filter {
	chain input {
		type filter hook input priority filter; policy drop;
		iif "lo" accept
		ct state established,related accept
		tcp dport 22 accept
	}
}
END
