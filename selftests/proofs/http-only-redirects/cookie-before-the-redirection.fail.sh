# hosts: ubuntu2404 debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The redirection is right, and the session is given away all the same.
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server {
    listen 80 default_server; listen [::]:80 default_server;
    add_header Set-Cookie "session=1" always;
    return 301 https://$host$request_uri;
}
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
