# hosts: fedora debian12 ubuntu2404
# profile: ibm-hpvs
# The service was bound to loopback, and the port stayed open.
iptables -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
systemd-run --quiet --unit=page python3 -m http.server --bind 127.0.0.1 8080
until ss -Hltn | grep -q '127.0.0.1:8080'; do sleep 0.1; done
