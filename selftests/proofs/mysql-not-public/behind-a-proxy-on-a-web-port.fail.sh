# hosts: debian13 debian12 ubuntu2404
# profile: alliance
# reason: which answers as mysql
# HAProxy may have port 443, and what it passes on there is the database on loopback.
/usr/local/lib/lab/install mariadb-server haproxy
printf '[mariadbd]\nport = %s\nbind-address = %s\n' 3306 127.0.0.1 >/etc/mysql/mariadb.conf.d/99-lab.cnf
systemctl restart mariadb
cat >/etc/haproxy/haproxy.cfg <<'END'
defaults
    mode tcp
    timeout connect 5s
    timeout client 1m
    timeout server 1m
listen database
    bind :::443 v4v6
    server here 127.0.0.1:3306
END
systemctl restart haproxy
nft add rule inet filter input tcp dport 443 accept
