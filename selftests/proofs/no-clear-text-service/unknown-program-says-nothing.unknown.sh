# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: ibm-hpvs
# What it speaks nobody knows: it hangs up on whoever says something.
systemd-run --quiet --unit=page python3 -c '
import socket
s = socket.create_server(("0.0.0.0", 8080))
while True:
    with s.accept()[0] as line:
        line.recv(1)'
until ss -ltn | grep -q :8080; do sleep 0.1; done
iptables -I INPUT -p tcp --dport 8080 -j ACCEPT
