# hosts: debian13 debian12 centos
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [db.example.test]
/usr/local/lib/lab/install postgresql
cd /etc/postgresql/*/main
/usr/local/lib/lab/certificate other.example.test "$PWD/db.pem"
chown postgres db.pem
printf '%s\n' "listen_addresses = '*'" "ssl_cert_file = '$PWD/db.pem'" "ssl_key_file = '$PWD/db.pem'" >>postgresql.conf
echo 'hostssl all all 0.0.0.0/0 scram-sha-256' >>pg_hba.conf
systemctl restart postgresql
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5432 -j ACCEPT; done
