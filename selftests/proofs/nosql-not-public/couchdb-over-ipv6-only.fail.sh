# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Something answers at CouchDB's port, over IPv6 alone: a stand-in, as the distributions have no CouchDB. Known by the port.
listen='
import socket, time
s = socket.create_server(("::", 5984), family=socket.AF_INET6)
time.sleep(1000)'
systemd-run --quiet --unit=couchdb python3 -c "$listen"
until ss -ltn | grep -q :5984; do sleep 0.1; done
nft add rule inet filter input ip6 nexthdr tcp tcp dport 5984 accept
