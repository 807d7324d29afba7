# hosts: debian12 debian11 debian13
# profile: alliance
# Bound to the address of a second network that leads nowhere else, with the port open.
ip link add backend type veth peer name other
ip link set other up
ip address add 192.168.77.5/24 dev backend
ip link set backend up
systemd-run --quiet --unit=page python3 -m http.server --bind 192.168.77.5 9200
sleep 1
nft add rule inet filter input tcp dport 9200 accept
