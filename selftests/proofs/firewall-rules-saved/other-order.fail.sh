# hosts: debian13 debian12 debian11
# profile: ibm-hpvs
# The same rules in another order let in other packets.
iptables -D INPUT 1
iptables -A INPUT -i lo -j ACCEPT
