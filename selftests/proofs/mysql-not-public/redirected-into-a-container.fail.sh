# hosts: debian13 debian12
# profile: alliance
# The input chain drops everything and no socket of the host's own listens there, but a port is redirected into a
# network namespace, as docker does without its proxy, and only passes the forward chain (thread 38, docker/for-linux #690).
ip link add docker0 type veth peer name inner
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
listen='
import socket, time
s = socket.create_server(("0.0.0.0", 3306))
time.sleep(1000)'
systemd-run --quiet --unit=container -p PrivateNetwork=yes python3 -c "$listen"
container=$(systemctl show --value --property=MainPID container)
until nsenter --target "$container" --net ss -ltn | grep -q :3306; do sleep 0.1; done
ip link set inner netns "$container"
for command in 'link set inner up' 'address add 172.17.0.2/16 dev inner' 'route add default via 172.17.0.1'; do
    # shellcheck disable=SC2086 # words
    nsenter --target "$container" --net ip $command
done
nft -f - <<'END'
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local tcp dport 3306 dnat to 172.17.0.2:3306
	}
}
add rule inet filter forward ct state established,related accept
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 3306 accept
END
