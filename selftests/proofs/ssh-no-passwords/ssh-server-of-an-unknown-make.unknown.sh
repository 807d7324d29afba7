# hosts: debian12 debian11 debian13
# profile: alliance
# A program that is known to be an SSH server listens, and its settings cannot be read. (A stand-in under its
# name.)
cp "$(readlink -f /usr/bin/python3)" /usr/local/sbin/lshd
systemd-run --quiet --unit=lshd lshd -c 'import socket, time; s = socket.create_server(("", 2022)); time.sleep(9999)'
