# hosts: fedora debian12 debian13
# profile: alliance
# What comes from containers of this host, from loopback or as an answer needs no port.
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
nft insert rule inet filter input iifname docker0 accept
