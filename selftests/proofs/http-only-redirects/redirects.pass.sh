# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 301 https://$host$request_uri; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
