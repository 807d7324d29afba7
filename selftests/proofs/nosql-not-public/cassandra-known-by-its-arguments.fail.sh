# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# A stand-in for Cassandra, which the distributions do not have: its program is java, and what java runs names it.
# It was moved to 19042, which no document names.
listen='
import socket, time
s = socket.create_server(("0.0.0.0", 19042))
time.sleep(1000)'
systemd-run --quiet --unit=cassandra python3 -c "$listen" org.apache.cassandra.service.CassandraDaemon
until ss -ltn | grep -q :19042; do sleep 0.1; done
nft add rule inet filter input tcp dport 19042 accept
