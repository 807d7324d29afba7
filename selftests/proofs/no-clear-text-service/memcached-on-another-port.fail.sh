# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Known by its program, on a port that IBM's page allows for the web.
/usr/local/lib/lab/install memcached
printf '%s\n' -l0.0.0.0 -p8080 -U0 -unobody >/etc/memcached.conf
systemctl restart memcached
iptables -I INPUT -p tcp --dport 8080 -j ACCEPT
