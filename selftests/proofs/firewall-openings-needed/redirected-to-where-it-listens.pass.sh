# hosts: ubuntu2204 debian12 centos
# profile: ibm-hpvs
# Nothing listens on 80: who asks for it is sent to the service on 8080.
for tool in iptables ip6tables; do
    $tool -t nat -A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
    $tool -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
done
systemd-run --quiet --unit=page python3 -m http.server --bind :: 8080
until ss -Hltn | grep -q ':8080 '; do sleep 0.1; done
