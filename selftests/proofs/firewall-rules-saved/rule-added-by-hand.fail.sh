# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# In the place of another one: the number of rules is the same.
iptables -R INPUT 3 -p tcp -m tcp --dport 9000 -m state --state NEW -j ACCEPT
