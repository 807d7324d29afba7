# hosts: debian12 debian13 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Who asks for no name, or for another one, gets no handshake: that is an alert about the name, and no word about versions.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl default_server; listen [::]:443 ssl default_server; ssl_reject_handshake on; }
server { listen 443 ssl; listen [::]:443 ssl; server_name www.example.test; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
