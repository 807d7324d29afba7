# hosts: debian12
# profile: alliance
# The zone of Fedora Workstation: all ports that need no privilege are open.
nft add rule inet filter input 'meta l4proto { tcp, udp } th dport 1025-65535 accept'
