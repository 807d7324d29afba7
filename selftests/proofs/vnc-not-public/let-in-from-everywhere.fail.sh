# hosts: debian13 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: Xtigervnc \(VNC\) at .*:5901/tcp
# TigerVNC, the second display, not the first.
/usr/local/lib/lab/install tigervnc-standalone-server
systemd-run --quiet --unit=vnc Xtigervnc :1 -SecurityTypes None -rfbport 5901
until ss -ltn | grep -q :5901; do sleep 0.1; done
nft add rule inet filter input tcp dport 5901 accept
