# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Both addresses are asked by number, for a site that no name server knows; only IPv6 has the old certificate (thread 51, testssl #625,
# #1189).
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
/usr/local/lib/lab/certificate www.example.test /etc/nginx/old.pem -1
cat >/etc/nginx/conf.d/site.conf <<'CONF'
server { listen 443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; ssl_protocols TLSv1.2 TLSv1.3; }
server { listen [::]:443 ssl; ssl_certificate old.pem; ssl_certificate_key old.pem; ssl_protocols TLSv1.2 TLSv1.3; }
CONF
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
