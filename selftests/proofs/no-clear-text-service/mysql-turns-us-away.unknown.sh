# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# It talks to some machine that is not this one, and nobody sees how.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nbind-address = *\n' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 3306 -j ACCEPT; done
