# hosts: debian13 centos
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Whoever asks for a name that nobody serves is told so, and that is all he is told.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 404; }
server { listen 80; listen [::]:80; server_name www.example.test; return 308 https://www.example.test$request_uri; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
