# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# TLS is there for those who ask for it; whoever does not logs in without.
/usr/local/lib/lab/install postgresql
cd /etc/postgresql/*/main
echo "listen_addresses = '*'" >>postgresql.conf
echo 'host all all 0.0.0.0/0 scram-sha-256' >>pg_hba.conf
grep -q '^ssl = on' postgresql.conf
systemctl restart postgresql
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5432 -j ACCEPT; done
