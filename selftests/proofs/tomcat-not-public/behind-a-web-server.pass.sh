# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404
# profile: alliance
# What strangers get is nginx on 80, which passes their questions on to Tomcat (a stand-in) on loopback. Tomcat's port is open
# in the firewall, and nobody gets there.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 80 default_server; location / { proxy_pass http://127.0.0.1:8080; } }' >/etc/nginx/sites-enabled/default
systemd-run --quiet --unit=tomcat python3 -c '
import socket, time
s = socket.create_server(("127.0.0.1", 8080))
time.sleep(1000)' -Dcatalina.base=/var/lib/tomcat org.apache.catalina.startup.Bootstrap start
systemctl restart nginx
until ss -ltn | grep -q :8080; do sleep 0.1; done
nft add rule inet filter input tcp dport '{ 80, 8080 }' accept
