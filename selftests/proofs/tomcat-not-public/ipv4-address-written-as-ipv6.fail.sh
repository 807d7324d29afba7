# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# Java binds IPv4 addresses to sockets of IPv6. Who looks among those for :: and a public IPv6 address finds nothing that listens
# (thread 48, testinfra #352). A stand-in: its arguments are those that java gets, so that nobody has to ask what it is, and wait.
address=$(ip -4 -o address show scope global | awk '{ sub("/.*", "", $4); print $4; exit }')
systemd-run --quiet --unit=tomcat python3 -c '
import socket, sys, time
s = socket.socket(socket.AF_INET6)
s.bind(("::ffff:" + sys.argv[1], 8080))
s.listen()
time.sleep(1000)' "$address" -Dcatalina.base=/var/lib/tomcat org.apache.catalina.startup.Bootstrap start
until ss -ltn | grep -q "::ffff:$address.*:8080"; do sleep 0.1; done
nft add rule inet filter input tcp dport 8080 accept
