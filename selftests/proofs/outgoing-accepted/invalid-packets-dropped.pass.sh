# hosts: debian12 debian11
# profile: ibm-hpvs
# Packets that belong to no connection are dropped; no new one suffers.
for tool in iptables ip6tables; do
    $tool -A OUTPUT -m conntrack --ctstate INVALID -j DROP
done
