# hosts: debian11 debian12 fedora
# profile: ibm-hpvs
# Something listens on 80, and never hears of those who ask for it.
for tool in iptables ip6tables; do
    $tool -t nat -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8888
    $tool -A INPUT -p tcp -m tcp --dport 8888 -m conntrack --ctstate DNAT -j ACCEPT
done
systemd-run --quiet --unit=page python3 -m http.server --bind :: 80
until ss -Hltn | grep -q ':80 '; do sleep 0.1; done
