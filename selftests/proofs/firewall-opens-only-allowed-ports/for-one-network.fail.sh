# hosts: fedora debian12 centos
# profile: ibm-hpvs
# A monitoring network may reach its agent: that is more than the list, whoever may.
iptables -A INPUT -s 10.20.0.0/24 -p tcp -m tcp --dport 9100 -m state --state NEW -j ACCEPT
