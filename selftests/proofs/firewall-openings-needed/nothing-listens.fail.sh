# hosts: debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# A port of the list, open for a web server that is not there.
iptables -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
