# hosts: debian12 debian13 ubuntu2404 fedora
# profile: alliance
# Moved to 13306, open to everybody: known by its program.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 13306 '*' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
nft add rule inet filter input tcp dport 13306 accept
