# hosts: centos debian11 debian13 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The certificate is valid, and who sits in between need not show any: the server agrees to suites without one.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem;
    ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers HIGH:aNULL:!eNULL:@SECLEVEL=0;
}
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
