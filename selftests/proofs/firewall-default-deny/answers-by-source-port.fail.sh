# hosts: debian12
# profile: alliance
# Who sends from port 53 reaches every UDP port: the way to let answers in before there was conntrack.
nft add rule inet filter input udp sport 53 accept
