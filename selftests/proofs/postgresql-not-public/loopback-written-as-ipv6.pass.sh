# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A socket of IPv6 that is bound to ::ffff:127.0.0.1 is on loopback of IPv4 (thread 48, testinfra #286).
systemd-run --quiet --unit=page python3 -c '
import socket, time
s = socket.socket(socket.AF_INET6)
s.bind(("::ffff:127.0.0.1", 5432))
s.listen()
time.sleep(1000)'
sleep 1
ss -ltn | grep -q :5432
nft add rule inet filter input tcp dport 5432 accept
