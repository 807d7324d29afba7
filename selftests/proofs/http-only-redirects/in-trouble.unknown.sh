# hosts: debian12 ubuntu2204
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# What it serves when it is well, nobody has seen.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 80 default_server; listen [::]:80 default_server; return 503; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
