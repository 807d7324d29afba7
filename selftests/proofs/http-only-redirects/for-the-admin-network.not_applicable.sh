# hosts: ubuntu2404 debian12
# profile: alliance
# Pages without encryption, on loopback and for one named network: nobody else is let in.
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 127.0.0.1:80; listen 8080; root /usr/share/nginx/html; }
END
systemctl restart nginx
nft add rule inet filter input ip saddr 10.99.0.0/24 tcp dport 8080 accept
