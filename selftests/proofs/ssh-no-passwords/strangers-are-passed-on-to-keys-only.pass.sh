# hosts: centos debian12
# profile: alliance
# Everybody but administrators is passed on to another sshd, in a container, which takes keys only.
cat >/etc/ssh/other_config <<'END'
PasswordAuthentication no
KbdInteractiveAuthentication no
END
ip link add docker0 type veth peer name inner
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
systemd-run --quiet --unit=container -p PrivateNetwork=yes /usr/sbin/sshd -D -f /etc/ssh/other_config -p 7022 -o PidFile=none
container=$(systemctl show --value --property=MainPID container)
until nsenter --target "$container" --net ss -ltn | grep -q :7022; do sleep 0.1; done
ip link set inner netns "$container"
for command in 'link set inner up' 'address add 172.17.0.2/16 dev inner' 'route add default via 172.17.0.1'; do
    # shellcheck disable=SC2086 # words
    nsenter --target "$container" --net ip $command
done
nft -f - <<'END'
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		ip saddr != 10.99.0.0/24 fib daddr type local tcp dport 22 dnat to 172.17.0.2:7022
	}
}
add rule inet filter forward ct state established,related accept
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 7022 accept
END
