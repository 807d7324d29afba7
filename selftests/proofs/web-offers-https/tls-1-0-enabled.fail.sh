# hosts: debian12 debian13
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# A browser of today sees nothing of it: it agrees with the server on TLS 1.3.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem;
    ssl_protocols TLSv1 TLSv1.2 TLSv1.3; ssl_ciphers ALL:@SECLEVEL=0;
}
END
sed -i 's/ssl_protocols .*/ssl_protocols TLSv1 TLSv1.2 TLSv1.3;/' /etc/nginx/nginx.conf
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
