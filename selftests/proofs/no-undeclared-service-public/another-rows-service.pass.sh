# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Other rows' services are open to everybody, which those rows say; of the many others none is.
systemd-run --quiet --unit=page python3 -m http.server --bind 127.0.0.1 8888
until ss -ltn | grep -q :8888; do sleep 0.1; done
nft add rule inet filter input tcp dport '{ 22, 8888 }' accept
