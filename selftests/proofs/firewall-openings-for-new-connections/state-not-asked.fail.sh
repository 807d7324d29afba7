# hosts: debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# The rule names protocol and port, and lets in whatever bears them.
iptables -R INPUT 4 -p tcp -m tcp --dport 22 -j ACCEPT
