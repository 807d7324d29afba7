# hosts: debian12 ubuntu2404
# profile: ibm-hpvs
# Whether the outer interface is closed depends on a byte code of somebody's own.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
for tool in iptables ip6tables; do
    $tool -I INPUT 3 -i eth0 -p tcp -m tcp --dport 22 -m u32 --u32 "16&0xFF=250" -j DROP
done
