# hosts: debian12
# profile: ibm-hpvs
# OUTPUT accepts all; the table mangle drops UDP a hook later.
iptables -t mangle -A POSTROUTING -p udp -m udp ! --dport 53 -j DROP
