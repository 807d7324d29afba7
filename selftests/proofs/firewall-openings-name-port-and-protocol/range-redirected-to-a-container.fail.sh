# hosts: ubuntu2404 debian12
# profile: alliance
# Published by NAT, as a range; no rule of the input chain knows of it.
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
nft -f - <<'END'
table ip published {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname != "docker0" tcp dport 30000-30100 dnat to 172.17.0.2
	}
}
add rule inet filter forward oifname "docker0" ct status dnat accept
END
