# hosts: ubuntu2404 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# TigerVNC runs twice: the firewall would let everybody in to the one, and only a tunnel gets there; the other is for a named network.
/usr/local/lib/lab/install tigervnc-standalone-server
systemd-run --quiet --unit=vnc1 Xtigervnc :1 -SecurityTypes None -rfbport 5901 -localhost
systemd-run --quiet --unit=vnc2 Xtigervnc :2 -SecurityTypes None -rfbport 5902
for port in 5901 5902; do until ss -ltn | grep -q :$port; do sleep 0.1; done; done
nft add rule inet filter input tcp dport '5900-5901' accept
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 5902 accept
