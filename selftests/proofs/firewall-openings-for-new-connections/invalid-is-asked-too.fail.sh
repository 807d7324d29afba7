# hosts: fedora debian12 ubuntu2404
# profile: ibm-hpvs
# The rule does ask for a state; the list of states has one too many. Over IPv6.
ip6tables -R INPUT 4 -p tcp -m tcp --dport 22 -m conntrack --ctstate INVALID,NEW -j ACCEPT
