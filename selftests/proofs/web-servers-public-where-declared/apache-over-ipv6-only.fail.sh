# hosts: debian12 debian13 ubuntu2404
# profile: alliance
# The second port is open over IPv6 alone, and is usual for Tomcat: its program says that it is Apache's.
# Others have not seen what is open over IPv6 alone (thread 52, nmap #1281; thread 49, inspec #3209).
/usr/local/lib/lab/install apache2
echo 'Listen 8443 http' >>/etc/apache2/ports.conf
systemctl restart apache2
until ss -ltn | grep -q :8443; do sleep 0.1; done
nft add rule inet filter input ip6 nexthdr tcp tcp dport 8443 accept
