# hosts: debian13 debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Port 80 is as it should be, and the same pages are one port away.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 301 https://$host$request_uri; }
server { listen 8080; listen [::]:8080; return 200 "not for everybody to read\n"; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443, 8080 }' accept
