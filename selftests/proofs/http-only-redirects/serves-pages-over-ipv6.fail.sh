# hosts: debian13 ubuntu2204
# profile: alliance
# Over IPv4 it redirects; whoever comes by IPv6 is served.
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; return 301 https://$host$request_uri; }
server { listen [::]:80 default_server ipv6only=on; root /usr/share/nginx/html; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
