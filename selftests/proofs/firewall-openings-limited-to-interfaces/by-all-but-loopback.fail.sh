# hosts: ubuntu2404 debian12 debian13
# profile: ibm-hpvs
# The rule names an interface, and means every other.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
for tool in iptables ip6tables; do
    $tool -R INPUT 4 ! -i lo -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
done
