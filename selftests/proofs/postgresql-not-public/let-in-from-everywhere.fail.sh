# hosts: debian13 debian12 ubuntu2404
# profile: alliance
/usr/local/lib/lab/install postgresql
conf=$(echo /etc/postgresql/*/main)
echo "listen_addresses = '*'" >>"$conf/postgresql.conf"
systemctl restart postgresql
until ss -ltn | grep -q '0.0.0.0:5432'; do sleep 0.1; done
nft add rule inet filter input tcp dport 5432 accept
