# hosts: debian11 debian12 debian13
# profile: alliance
# The rule names the interface; only its own small network can come that way.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
nft add rule inet filter input iifname lan0 tcp dport 5432 accept
