# hosts: centos debian12 ubuntu2204
# profile: ibm-hpvs
# Open over both families; the service knows IPv4 alone.
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 443 -m state --state NEW -j ACCEPT
done
systemd-run --quiet --unit=page python3 -m http.server --bind 0.0.0.0 443
until ss -Hltn | grep -q ':443 '; do sleep 0.1; done
