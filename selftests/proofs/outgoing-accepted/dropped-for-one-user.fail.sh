# hosts: debian12
# profile: ibm-hpvs
# What one account sends is dropped: not all outgoing traffic passes.
iptables -A OUTPUT -p tcp -m owner --uid-owner nobody -j DROP
