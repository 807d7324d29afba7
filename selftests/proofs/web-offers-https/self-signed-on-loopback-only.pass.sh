# hosts: debian13 ubuntu2404
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# A page for administrators, whom nobody but this host can be; the site itself is as it should be.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
/usr/local/lib/lab/certificate localhost /etc/nginx/admin.pem 90 self-signed
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
server { listen 127.0.0.1:8443 ssl; ssl_certificate admin.pem; ssl_certificate_key admin.pem; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
