# hosts: debian12 debian11
# profile: ibm-hpvs
# iptables is in order; ip6tables has the policy ACCEPT.
ip6tables -P INPUT ACCEPT
ip6tables -F INPUT
