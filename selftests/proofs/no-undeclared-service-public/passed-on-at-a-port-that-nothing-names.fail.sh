# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Nothing of the host's own listens at 9998, no document names it, and the input chain drops everything: but what comes for it is
# passed on into a network namespace, as docker does without its proxy. Only the rules themselves tell that it is worth a look.
ip link add docker0 type veth peer name inner
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
systemd-run --quiet --unit=container -p PrivateNetwork=yes python3 -m http.server 7000
until container=$(systemctl show --value --property=MainPID container) && [ "$container" != 0 ] &&
    nsenter --target "$container" --net ss -ltn | grep -q :7000; do sleep 0.1; done
ip link set inner netns "$container"
for command in 'link set inner up' 'address add 172.17.0.2/16 dev inner' 'route add default via 172.17.0.1'; do
    # shellcheck disable=SC2086 # words
    nsenter --target "$container" --net ip $command
done
nft -f - <<'END'
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local tcp dport 9998 dnat to 172.17.0.2:7000
	}
}
add rule inet filter forward ct state established,related accept
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 7000 accept
END
