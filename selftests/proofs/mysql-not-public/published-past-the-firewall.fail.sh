# hosts: debian12 debian13
# profile: alliance
# The input chain drops everything, but what docker publishes is redirected before it and only passes the forward chain.
# (A stand-in for docker-proxy holds the port; the rules are those that docker writes.)
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
nft -f - <<'END'
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local tcp dport 13306 dnat to 172.17.0.2:3306
	}
}
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 3306 accept
END
cp "$(readlink -f /usr/bin/python3)" /usr/bin/docker-proxy
listen='
import socket, time
s = socket.create_server(("0.0.0.0", 13306))
time.sleep(1000)'
systemd-run --quiet --unit=published /usr/bin/docker-proxy -c "$listen" -proto tcp \
    -host-ip 0.0.0.0 -host-port 13306 -container-ip 172.17.0.2 -container-port 3306
sleep 1
ss -ltn | grep -q :13306
