# hosts: ubuntu2404 debian12 fedora
# profile: ibm-hpvs
# No new connection comes to these rules, nor is one meant to: loopback, answers, a tunnel that is down, multicast, a
# chain for those who are dropped by number.
for tool in iptables ip6tables; do
    $tool -A INPUT -m conntrack --ctstate RELATED -j ACCEPT
    $tool -A INPUT -i lo -p tcp -m tcp --dport 5432 -j ACCEPT
    $tool -A INPUT -i tun0 -p tcp -m tcp --dport 9100 -j ACCEPT
    $tool -N unused
    $tool -A unused -p tcp -m tcp --dport 443 -j ACCEPT
done
iptables -A INPUT -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT
iptables -I INPUT 4 -s 198.51.100.9/32 -j DROP
