# hosts: ubuntu2204 debian12 debian13
# profile: ibm-hpvs
# All of TCP over IPv6, from the admin network.
ip6tables -A INPUT -s fd99::/64 -p tcp -m state --state NEW -j ACCEPT
