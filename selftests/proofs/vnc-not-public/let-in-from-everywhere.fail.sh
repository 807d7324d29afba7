# hosts: debian12 debian13 ubuntu2404
# profile: alliance
# The second display, not the first.
/usr/local/lib/lab/install x11vnc
systemd-run --quiet --unit=vnc x11vnc -rawfb null -forever -nopw -rfbport 5901
until ss -ltn | grep -q :5901; do sleep 0.1; done
nft add rule inet filter input tcp dport 5901 accept
