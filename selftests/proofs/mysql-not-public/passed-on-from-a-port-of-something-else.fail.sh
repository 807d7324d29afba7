# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# reason: which answers as mysql
# MariaDB in a network namespace of its own, as in a container; the host passes port 10000 on to it, where no socket of the host
# waits.
/usr/local/lib/lab/install mariadb-server
systemctl stop mariadb
install -d -o mysql /run/mysqld
ip link add docker0 type veth peer name inner
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
systemd-run --quiet --unit=container -p PrivateNetwork=yes mariadbd --user=mysql --port=3306 --bind-address=0.0.0.0
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
		fib daddr type local tcp dport 10000 dnat to 172.17.0.2:3306
	}
}
add rule inet filter forward ct state established,related accept
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 3306 accept
END
