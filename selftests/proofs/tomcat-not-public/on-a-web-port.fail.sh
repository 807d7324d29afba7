# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# 80 is declared public, for a web server. A stand-in for Tomcat, with the arguments that java gets, listens there.
systemd-run --quiet --unit=tomcat python3 -c '
import socket, time
s = socket.create_server(("0.0.0.0", 80))
time.sleep(1000)' -Dcatalina.base=/var/lib/tomcat org.apache.catalina.startup.Bootstrap start
until ss -ltn | grep -q :80; do sleep 0.1; done
nft add rule inet filter input tcp dport 80 accept
