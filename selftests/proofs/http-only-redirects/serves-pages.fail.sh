# hosts: fedora debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; root /usr/share/nginx/html; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
