# hosts: debian12 debian13 ubuntu2404 fedora
# profile: alliance
# Listens where nobody else can reach it, while the firewall would let everybody in.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 3306 '127.0.0.1' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
nft add rule inet filter input tcp dport 3306 accept
