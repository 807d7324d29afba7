# hosts: debian12 ubuntu2404
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 80 default_server; listen [::]:80 default_server;
    location = / { return 301 https://$host/; }
    location / { return 200 "not for everybody to read\n"; }
}
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
