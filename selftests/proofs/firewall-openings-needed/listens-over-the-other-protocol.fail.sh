# hosts: debian13 debian12 centos
# profile: ibm-hpvs
# 53 is open for TCP and UDP, and what listens there speaks TCP alone.
iptables -A INPUT -p tcp -m tcp --dport 53 -m state --state NEW -j ACCEPT
iptables -A INPUT -p udp -m udp --dport 53 -m state --state NEW -j ACCEPT
systemd-run --quiet --unit=page python3 -m http.server --bind 0.0.0.0 53
until ss -Hltn | grep -q ':53 '; do sleep 0.1; done
