# hosts: centos debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The firewall lets everybody in, and something on the way turns strangers away: what they would be offered, nobody has seen.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
ip route add blackhole 198.51.100.0/24
ip -6 route add blackhole 2001:db8:99::/64
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
