# hosts: debian12
# profile: ibm-hpvs
# 8080 is on this profile's list; MySQL does not become public by moving there.
/usr/local/lib/lab/install mariadb-server
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 8080 '*' >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
for tool in iptables ip6tables; do
    $tool -A INPUT -p tcp -m tcp --dport 8080 -m state --state NEW -j ACCEPT
done
