# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# A stand-in of MongoDB's name: the distributions have none. Its port is that of a shard, not the first.
cp "$(readlink -f /usr/bin/python3)" /usr/local/bin/mongod
systemd-run --quiet --unit=mongod /usr/local/bin/mongod -m http.server 27018
until ss -ltn | grep -q :27018; do sleep 0.1; done
nft add rule inet filter input tcp dport 27018 accept
