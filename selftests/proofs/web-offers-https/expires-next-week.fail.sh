# hosts: ubuntu2204 debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem 7
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
