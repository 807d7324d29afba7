# hosts: centos debian11 debian12 ubuntu2204 fedora
# profile: ibm-hpvs
# As Debian installs it, it has no certificate.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nbind-address = *\n' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
mariadb -e "CREATE USER shop@'%' IDENTIFIED BY 'a-good-one'"
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 3306 -j ACCEPT; done
