# hosts: debian12 centos
# profile: alliance
# The inventory knows an address; for which names the certificate should be valid, nobody has said.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
