# hosts: debian13 debian12 ubuntu2204 ubuntu2404
# profile: alliance
# What strangers get is nginx on 80, which passes their questions on to Tomcat on loopback: Java writes that ::ffff:127.0.0.1. Its port is
# open in the firewall, and nobody gets there. AJP listens at every address, and the firewall lets named networks in.
/usr/local/lib/lab/install nginx-light tomcat10
echo 'server { listen 80 default_server; location / { proxy_pass http://127.0.0.1:8080; } }' >/etc/nginx/sites-enabled/default
sed -i 's/<Connector port="8080"/& address="127.0.0.1"/
    s/<Service name="Catalina">/&<Connector protocol="AJP\/1.3" port="8009" address="0.0.0.0" secretRequired="false" \/>/' /etc/tomcat10/server.xml
systemctl restart nginx tomcat10
until ss -ltn | grep -q :8009; do sleep 0.1; done
nft add rule inet filter input tcp dport '{ 80, 8080 }' accept
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 8009 accept
