# hosts: debian12
# profile: alliance
# Bound to all addresses; the firewall lets nobody in.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 3306 '*' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
