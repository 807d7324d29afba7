# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# reason: etcd \(etcd\) at \*:3379/tcp
# The host knows the program, whatever the port.
/usr/local/lib/lab/install etcd-server
systemctl stop etcd 2>/dev/null || :
systemd-run --quiet --unit=lab-etcd etcd --data-dir /var/tmp/lab-etcd \
    --listen-client-urls http://0.0.0.0:3379 --advertise-client-urls http://127.0.0.1:3379
until ss -ltn | grep -q ':3379'; do sleep 0.1; done
nft add rule inet filter input tcp dport 3379 accept
