# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# reason: which answers as mysql
# MariaDB in a network namespace of its own, as in a container; the host passes port 10000 on to it, where no socket of the host
# waits.
/usr/local/lib/lab/install mariadb-server
systemctl stop mariadb
install -d -o mysql /run/mysqld
/usr/local/lib/lab/container 3306 mariadbd --user=mysql --port=3306 --bind-address=0.0.0.0
/usr/local/lib/lab/publish 10000 3306
