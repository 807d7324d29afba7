# hosts: centos debian12 fedora
# profile: ibm-hpvs
# 80 is redirected to 8888, which nobody can reach but through it.
for tool in iptables ip6tables; do
    $tool -t nat -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8888
    $tool -A INPUT -p tcp -m tcp --dport 8888 -m conntrack --ctstate DNAT -j ACCEPT
done
