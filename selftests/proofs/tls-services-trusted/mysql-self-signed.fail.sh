# hosts: debian12 debian11 debian13 fedora
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [db.example.test]
/usr/local/lib/lab/install mariadb-server
/usr/local/lib/lab/certificate db.example.test /etc/mysql/db.pem 90 self-signed
chown mysql /etc/mysql/db.pem
printf '%s\n' '[mariadbd]' 'bind-address = *' 'ssl_cert = /etc/mysql/db.pem' 'ssl_key = /etc/mysql/db.pem' \
    >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
mariadb -e "CREATE USER shop@'%' IDENTIFIED BY 'a-good-one'"
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 3306 -j ACCEPT; done
