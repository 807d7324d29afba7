# hosts: debian13 debian12 ubuntu2404
# profile: ibm-hpvs
# Neither TCP nor UDP nor ICMP, and yet something is let in.
iptables -A INPUT -p gre -j ACCEPT
