# hosts: debian12 debian11 debian13
# profile: alliance
# A UDP port that the system hands out may serve somebody or only wait for an answer.
systemd-run --quiet --unit=asking python3 -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 40123))
time.sleep(1000)'
sleep 1
nft add rule inet filter input udp dport 32768-60999 accept
