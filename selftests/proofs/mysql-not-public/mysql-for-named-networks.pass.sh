# hosts: debian13 debian12
# profile: alliance
# Open to the network of the administrators, from which this is judged, and to nobody else.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 3306 '*' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 3306 accept
