# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# The port of clear Redis, and TLS is all that is spoken there.
/usr/local/lib/lab/install redis-server
openssl req -x509 -newkey rsa:2048 -nodes -days 9 -subj /CN=redis -keyout /etc/redis/key.pem -out /etc/redis/cert.pem 2>/dev/null
chown redis /etc/redis/key.pem
sed -i -e 's/^bind .*/bind * -::*/' -e 's/^port .*/port 0/' /etc/redis/redis.conf
printf '%s\n' 'tls-port 6379' 'tls-cert-file /etc/redis/cert.pem' 'tls-key-file /etc/redis/key.pem' \
    'tls-auth-clients no' >>/etc/redis/redis.conf
systemctl restart redis-server
for tool in iptables ip6tables; do "$tool" -I INPUT -p tcp --dport 6379 -j ACCEPT; done
