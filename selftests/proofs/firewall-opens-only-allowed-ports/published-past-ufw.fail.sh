# hosts: ubuntu2404 debian12
# profile: ibm-hpvs
# ufw says deny, and the port is open: what docker publishes is sent on before INPUT and passes FORWARD. (thread 38, moby 4737)
iptables -F
ip6tables -F
ufw allow 22/tcp
ufw --force enable
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
mount -o remount,rw /proc/sys
sysctl -qw net.ipv4.ip_forward=1
iptables -t nat -N DOCKER
iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
iptables -t nat -A DOCKER ! -i docker0 -p tcp -m tcp --dport 5000 -j DNAT --to-destination 172.17.0.2:80
iptables -N DOCKER
iptables -I FORWARD -o docker0 -j DOCKER
iptables -A DOCKER -d 172.17.0.2/32 ! -i docker0 -o docker0 -p tcp -m tcp --dport 80 -j ACCEPT
ufw status | grep -q 'Status: active'
