# hosts: debian12
# profile: ibm-hpvs
# Hosts that cannot be asked who they reach: only ICMP is dropped.
iptables -A OUTPUT -p icmp -m icmp --icmp-type 8 -j DROP
