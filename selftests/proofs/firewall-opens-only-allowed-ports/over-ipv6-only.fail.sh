# hosts: ubuntu2204 debian12 debian13
# profile: ibm-hpvs
# IPv4 is as it should be; the port is open over IPv6.
ip6tables -A INPUT -p tcp -m tcp --dport 8443 -m state --state NEW -j ACCEPT
