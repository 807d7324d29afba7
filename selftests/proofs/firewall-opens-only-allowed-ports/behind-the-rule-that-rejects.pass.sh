# hosts: debian13 debian12 fedora
# profile: ibm-hpvs
# The rule is there, and lets nobody in.
for tool in iptables ip6tables; do
    $tool -A INPUT -j REJECT
    $tool -A INPUT -p tcp -m tcp --dport 3306 -j ACCEPT
done
