# hosts: debian13 debian12 ubuntu2204
# profile: ibm-hpvs
# One network card; the bridge to containers of this host leads to no other machine.
ip link add docker0 type bridge
ip address add 172.17.0.1/16 dev docker0
ip link set docker0 up
