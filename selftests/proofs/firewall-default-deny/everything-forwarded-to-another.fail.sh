# hosts: debian12
# profile: alliance
# INPUT drops, but whatever comes is sent on to a container: that packets reach it is a question of FORWARD. (moby 22054)
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
ip link add docker0 type bridge
ip addr add 172.17.0.1/16 dev docker0
ip link set docker0 up
nft -f - <<'END'
table ip published {
	chain prerouting {
		type nat hook prerouting priority dstnat; policy accept;
		iifname != "docker0" fib daddr type local tcp dport != 22 dnat to 172.17.0.2
	}
}
END
nft flush chain inet filter forward
nft add rule inet filter forward oifname docker0 accept
