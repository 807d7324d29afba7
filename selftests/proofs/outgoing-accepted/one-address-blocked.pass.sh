# hosts: debian12
# profile: ibm-hpvs
# A single host that nobody may talk to, such as the cloud's metadata service, is not the world.
iptables -A OUTPUT -d 169.254.169.254/32 -m owner ! --uid-owner 0 -j REJECT
iptables -A OUTPUT -d 203.0.113.9/32 -j DROP
