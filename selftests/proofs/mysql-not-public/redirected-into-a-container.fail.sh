# hosts: debian13 debian12
# profile: alliance
# The input chain drops everything and no socket of the host's own listens there, but a port is redirected into a
# network namespace, as docker does without its proxy, and only passes the forward chain (thread 38, docker/for-linux #690).
listen='
import socket, time
s = socket.create_server(("0.0.0.0", 3306))
time.sleep(1000)'
/usr/local/lib/lab/container 3306 python3 -c "$listen"
/usr/local/lib/lab/publish 3306 3306
