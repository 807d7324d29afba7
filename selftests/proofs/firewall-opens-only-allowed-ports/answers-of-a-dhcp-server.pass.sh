# hosts: ubuntu2404 debian12 fedora
# profile: ibm-hpvs
# A host that gets its address by DHCP has to hear the answer.
iptables -A INPUT -p udp -m udp --sport 67 --dport 68 -j ACCEPT
