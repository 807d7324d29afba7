# hosts: debian13 ubuntu2404
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# It refuses even TLS 1.2, and everything weak with it.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; ssl_protocols TLSv1.3; }
END
sed -i 's/ssl_protocols .*/ssl_protocols TLSv1.3;/' /etc/nginx/nginx.conf
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
