# hosts: ubuntu2204 debian12 centos
# profile: ibm-hpvs
# Packets of no connection are dropped, after they have been let in.
iptables -R INPUT 4 -p tcp -m tcp --dport 22 -j ACCEPT
iptables -A INPUT -m conntrack --ctstate INVALID -j DROP
