# hosts: debian12 debian11 debian13 ubuntu2404 centos
# profile: ibm-hpvs
# Appended, as the page shows it, to a chain that ends with a rejection.
iptables -A INPUT -j REJECT
iptables -A INPUT -p tcp -m tcp --dport 443 -m state --state NEW -j ACCEPT
