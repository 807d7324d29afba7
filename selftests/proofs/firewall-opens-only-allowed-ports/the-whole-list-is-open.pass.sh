# hosts: debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: ibm-hpvs
# What the page says that its image lets in, over both families.
for tool in iptables ip6tables; do
    for port in 80 443 8080 53; do
        $tool -A INPUT -p tcp -m tcp --dport $port -m state --state NEW -j ACCEPT
    done
    $tool -A INPUT -p udp -m udp --dport 53 -m state --state NEW -j ACCEPT
done
