# hosts: debian12
# profile: alliance
# What comes from the containers of this host is let in; that is not the outside.
ip link add docker0 type bridge
ip addr add 172.17.0.1/16 dev docker0
ip link set docker0 up
nft insert rule inet filter input iifname docker0 accept
