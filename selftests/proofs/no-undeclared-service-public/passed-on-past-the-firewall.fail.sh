# hosts: debian13 debian12
# profile: alliance
# The input chain drops everything, and two ports are passed on into a network namespace, as docker does: 9998 with nothing of the
# host's own at it, 9999 with a listener of the host that no packet from outside comes to.
/usr/local/lib/lab/container 7000 python3 -m http.server 7000
systemd-run --quiet --unit=proxy python3 -m http.server --bind :: 9999
until ss -ltn | grep -q :9999; do sleep 0.1; done
/usr/local/lib/lab/publish 9998 7000
/usr/local/lib/lab/publish 9999 7000
