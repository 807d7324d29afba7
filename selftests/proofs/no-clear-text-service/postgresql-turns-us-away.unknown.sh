# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# TLS is offered, and a stranger's name is refused without it: whether that goes for all names is not seen.
/usr/local/lib/lab/install postgresql
cd /etc/postgresql/*/main
echo "listen_addresses = '*'" >>postgresql.conf
echo 'hostssl all all 0.0.0.0/0 scram-sha-256' >>pg_hba.conf
systemctl restart postgresql
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 5432 -j ACCEPT; done
