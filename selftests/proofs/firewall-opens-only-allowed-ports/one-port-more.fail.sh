# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# One more port than the list has, written as the page writes it.
iptables -A INPUT -p tcp -m tcp --dport 3306 -m state --state NEW -j ACCEPT
