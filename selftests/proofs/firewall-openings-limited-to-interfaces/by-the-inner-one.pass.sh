# hosts: ubuntu2204 debian12 fedora
# profile: ibm-hpvs
# By the outer interface, only the admin network gets in.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
iptables -R INPUT 4 -s 10.99.0.0/24 -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
iptables -A INPUT -i lan0 -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
ip6tables -R INPUT 4 -i lan0 -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
iptables -S INPUT | grep -q 'INPUT -s 10.99.0.0/24'
