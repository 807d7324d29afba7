# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# IBM's page allows 8080; what is served there is read by all on the way.
systemd-run --quiet --unit=page python3 -m http.server 8080
until ss -ltn | grep -q :8080; do sleep 0.1; done
iptables -I INPUT -p tcp --dport 8080 -j ACCEPT
