# hosts: ubuntu2204 debian12 centos
# profile: ibm-hpvs
# No rule of INPUT itself stands in the way; the chain that one calls does. Over IPv6.
ip6tables -N GUARD
ip6tables -A GUARD -p tcp -m multiport --dports 25,443 -j DROP
ip6tables -I INPUT 4 -j GUARD
ip6tables -A INPUT -p tcp -m tcp --dport 443 -m state --state NEW -j ACCEPT
