# hosts: centos debian12 debian13
# profile: ibm-hpvs
# The second one is never met, and what it asks for is let in all the same.
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 22 -m state --state NEW -j ACCEPT
done
