# hosts: fedora debian12 ubuntu2204
# profile: ibm-hpvs
# The rule is for ens3; the network card is called eth0 here.
iptables -A INPUT -i ens3 -p tcp -m tcp --dport 443 -m state --state NEW -j ACCEPT
