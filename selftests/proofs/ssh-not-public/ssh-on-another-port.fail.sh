# hosts: fedora debian12
# profile: alliance
# No document names this port: it is looked at because something listens there.
/usr/local/lib/lab/install dropbear-bin
mkdir -p /etc/dropbear
dropbear -R -p 2222
nft add rule inet filter input tcp dport 2222 accept
