# hosts: centos debian13
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# A redirection, but it leads nowhere better.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 301 http://www.example.test/home; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
