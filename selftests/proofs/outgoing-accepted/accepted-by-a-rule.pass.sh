# hosts: debian12
# profile: ibm-hpvs
# The policy is drop, and the last rule accepts everything.
for tool in iptables ip6tables; do
    $tool -A OUTPUT -m conntrack --ctstate NEW,ESTABLISHED,RELATED -j ACCEPT
    $tool -P OUTPUT DROP
done
