# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Nothing newer is spoken, so a client of today sees no certificate, and no reason to complain of one.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem;
    ssl_protocols TLSv1; ssl_ciphers ALL:@SECLEVEL=0;
}
END
sed -i 's/ssl_protocols .*/ssl_protocols TLSv1;/' /etc/nginx/nginx.conf
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
