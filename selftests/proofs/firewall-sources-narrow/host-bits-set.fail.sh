# hosts: fedora debian12 centos
# profile: alliance
# Meant for one machine, and good for all of 192.0.0.0/8.
nft add rule inet filter input ip saddr 192.168.1.1/8 tcp dport 5432 accept
