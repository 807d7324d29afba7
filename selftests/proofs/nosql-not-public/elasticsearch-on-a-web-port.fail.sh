# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# 443 is declared public, for a web server. A stand-in for Elasticsearch, which the distributions do not have, listens there.
listen='
import socket, time
s = socket.create_server(("0.0.0.0", 443))
time.sleep(1000)'
systemd-run --quiet --unit=elasticsearch python3 -c "$listen" -Des.path.home=/usr/share/elasticsearch
until ss -ltn | grep -q :443; do sleep 0.1; done
nft add rule inet filter input tcp dport 443 accept
