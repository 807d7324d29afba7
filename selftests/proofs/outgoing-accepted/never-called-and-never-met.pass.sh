# hosts: debian12
# profile: ibm-hpvs
# Rules that drop, but for an interface that is not there, or in a chain that nobody calls.
iptables -N quarantine
iptables -A quarantine -j DROP
iptables -A OUTPUT -o wg9 -j DROP
