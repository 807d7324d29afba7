# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# UDP port 51413 is one of those that the system hands out: a program that asks a name server may get it by chance.
systemd-run --quiet --unit=resolver python3 -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 51413))
time.sleep(1000)'
sleep 1
ss -lun | grep -q :51413
