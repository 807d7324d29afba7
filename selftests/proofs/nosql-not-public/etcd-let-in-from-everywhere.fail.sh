# hosts: debian12 debian13 ubuntu2404
# profile: alliance
/usr/local/lib/lab/install etcd-server
systemctl stop etcd 2>/dev/null || :
systemd-run --quiet --unit=lab-etcd etcd --data-dir /var/tmp/lab-etcd \
    --listen-client-urls http://0.0.0.0:2379 --advertise-client-urls http://127.0.0.1:2379
until ss -ltn | grep -q ':2379'; do sleep 0.1; done
nft add rule inet filter input tcp dport 2379 accept
