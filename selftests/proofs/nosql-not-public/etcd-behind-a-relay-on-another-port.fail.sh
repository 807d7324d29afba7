# hosts: debian13 debian12 ubuntu2404
# profile: alliance
# reason: etcd
# etcd waits on loopback, at a port of no document. A program that only passes on what it gets is all that the host shows at the
# other one, and what comes back from there is HTTP like any other.
/usr/local/lib/lab/install etcd-server
systemctl stop etcd 2>/dev/null || :
systemd-run --quiet --unit=lab-etcd etcd --data-dir /var/tmp/lab-etcd --listen-peer-urls http://127.0.0.1:3380 \
    --listen-client-urls http://127.0.0.1:3379 --advertise-client-urls http://127.0.0.1:3379
systemd-run --quiet --unit=relay --socket-property=ListenStream=4379 /lib/systemd/systemd-socket-proxyd 127.0.0.1:3379
until ss -ltn | grep -q '127.0.0.1:3379'; do sleep 0.1; done
nft add rule inet filter input tcp dport 4379 accept
