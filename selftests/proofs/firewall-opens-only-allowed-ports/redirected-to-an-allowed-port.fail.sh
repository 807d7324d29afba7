# hosts: debian11 debian12 centos
# profile: ibm-hpvs
# INPUT lets in 80 only; but who asks for 8081 is sent there.
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 80 -m state --state NEW -j ACCEPT
done
iptables -t nat -A PREROUTING -p tcp -m tcp --dport 8081 -j REDIRECT --to-ports 80
