# hosts: debian11 debian12 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# TLS 1.2 with nothing but CBC and RSA key transport: RFC 9325 advises against them, and forbids neither.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem;
    ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA:AES256-SHA256:ECDHE-RSA-AES256-SHA;
}
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
