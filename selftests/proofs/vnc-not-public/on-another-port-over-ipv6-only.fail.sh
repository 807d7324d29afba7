# hosts: debian13 debian12 ubuntu2404
# profile: alliance
# IPv4 stays shut, and the port is none of VNC's.
# Others have not seen what is open over IPv6 alone (thread 52, nmap #1281; thread 49, inspec #3209).
/usr/local/lib/lab/install x11vnc
systemd-run --quiet --unit=vnc x11vnc -rawfb null -forever -nopw -rfbport 15900 -rfbportv6 15900
until ss -ltn | grep -q '\]:15900'; do sleep 0.1; done
nft add rule inet filter input ip6 nexthdr tcp tcp dport 15900 accept
