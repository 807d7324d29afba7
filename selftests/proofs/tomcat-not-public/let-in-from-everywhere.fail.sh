# hosts: debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: (?=.*:8005/tcp)(?=.*:8009/tcp).*Tomcat.*:8080/tcp
# Tomcat as it is installed, with AJP and the port that stops it beside its pages.
/usr/local/lib/lab/install tomcat10
sed -i 's/<Server port="-1"/<Server port="8005" address="0.0.0.0"/
    s/<Service name="Catalina">/&<Connector protocol="AJP\/1.3" port="8009" address="0.0.0.0" secretRequired="false" \/>/' /etc/tomcat10/server.xml
systemctl restart tomcat10
until ss -ltn | grep -q :8005; do sleep 0.1; done
nft add rule inet filter input tcp dport '{ 8005, 8009, 8080 }' accept
