# hosts: centos debian12 ubuntu2204
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [db.example.test]
# Clients of today agree on TLS 1.3 and see a valid certificate.
/usr/local/lib/lab/install postgresql
cd /etc/postgresql/*/main
/usr/local/lib/lab/certificate db.example.test "$PWD/db.pem"
chown postgres db.pem
printf '%s\n' "listen_addresses = '*'" "ssl_cert_file = '$PWD/db.pem'" "ssl_key_file = '$PWD/db.pem'" \
    "ssl_min_protocol_version = TLSv1" "ssl_ciphers = 'HIGH:!aNULL:@SECLEVEL=0'" >>postgresql.conf
echo 'hostssl all all 0.0.0.0/0 scram-sha-256' >>pg_hba.conf
systemctl restart postgresql
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5432 -j ACCEPT; done
