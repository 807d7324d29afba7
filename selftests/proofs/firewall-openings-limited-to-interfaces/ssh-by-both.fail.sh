# hosts: debian12 debian11 ubuntu2204 fedora centos
# profile: ibm-hpvs
# A second network, and the rule for SSH names neither interface nor source.
ip link add link eth0 name lan0 type macvlan mode bridge
ip address add 192.168.77.5/24 dev lan0
ip link set lan0 up
