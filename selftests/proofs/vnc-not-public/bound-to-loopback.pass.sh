# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# It runs, and the firewall would let everybody in; only a tunnel gets there.
/usr/local/lib/lab/install x11vnc
systemd-run --quiet --unit=vnc x11vnc -rawfb null -forever -nopw -localhost -no6 -rfbport 5900
until ss -ltn | grep -q 127.0.0.1:5900; do sleep 0.1; done
nft add rule inet filter input tcp dport 5900-5906 accept
