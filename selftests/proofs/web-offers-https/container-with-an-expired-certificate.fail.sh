# hosts: debian13 debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# No socket of the host's own listens: port 443 is passed on into a network namespace, as docker does without its proxy.
/usr/local/lib/lab/install nginx-light
systemctl stop nginx
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem -1
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
ip link add docker0 type veth peer name inner
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
systemd-run --quiet --unit=container -p PrivateNetwork=yes nginx -g 'daemon off;'
container=$(systemctl show --value --property=MainPID container)
until nsenter --target "$container" --net ss -ltn | grep -q :443; do sleep 0.1; done
ip link set inner netns "$container"
for command in 'link set inner up' 'address add 172.17.0.2/16 dev inner' 'route add default via 172.17.0.1'; do
    # shellcheck disable=SC2086 # words
    nsenter --target "$container" --net ip $command
done
nft -f - <<'END'
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority dstnat; policy accept;
		fib daddr type local tcp dport 443 dnat to 172.17.0.2:443
	}
}
add rule inet filter forward ct state established,related accept
add rule inet filter forward oifname "docker0" ip daddr 172.17.0.2 tcp dport 443 accept
END
