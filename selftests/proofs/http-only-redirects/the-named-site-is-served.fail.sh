# hosts: ubuntu2204 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The default host redirects; the site that visitors ask for does not.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 301 https://$host$request_uri; }
server { listen 80; listen [::]:80; server_name www.example.test; return 200 "not for everybody to read\n"; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
