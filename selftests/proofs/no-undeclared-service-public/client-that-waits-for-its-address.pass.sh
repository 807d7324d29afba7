# hosts: debian12 debian11 debian13
# profile: alliance
# The socket on which a DHCP client waits for its server is no service. (A stand-in of that name holds it: the host has
# a fixed address.)
cp "$(readlink -f /usr/bin/python3)" /usr/local/sbin/dhclient
systemd-run --quiet --unit=dhclient /usr/local/sbin/dhclient -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 68))
time.sleep(1000)'
sleep 1
ss -lun | grep -q :68
nft add rule inet filter input udp dport 68 accept
