# hosts: fedora debian12 centos
# profile: alliance
# The monitoring host is trusted as such, with every protocol and port.
nft add rule inet filter input ip saddr 10.20.0.5 accept
