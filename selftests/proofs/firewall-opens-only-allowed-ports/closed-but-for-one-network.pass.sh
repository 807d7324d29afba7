# hosts: centos debian12 ubuntu2204
# profile: ibm-hpvs
# The list is an upper bound: a port of it that is closed, or open to few, is no fault; ICMP neither.
iptables -D INPUT -p icmp -j ACCEPT
iptables -R INPUT 3 -s 10.99.0.0/24 -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
iptables -S INPUT | grep -q 'INPUT -s 10.99.0.0/24'
ip6tables -D INPUT -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
