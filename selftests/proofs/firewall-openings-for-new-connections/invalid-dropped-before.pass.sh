# hosts: centos debian12 debian13
# profile: ibm-hpvs
# No opening asks for a state, and what begins no connection was dropped before.
for tool in iptables ip6tables; do
    $tool -I INPUT 2 -m conntrack --ctstate INVALID -j DROP
    $tool -R INPUT 5 -p tcp -m tcp --dport 22 -j ACCEPT
done
