# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 3306 '*' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
nft add rule inet filter input tcp dport 3306 accept
