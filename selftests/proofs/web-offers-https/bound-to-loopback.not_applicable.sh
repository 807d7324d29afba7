# hosts: debian12 fedora
# profile: alliance
/usr/local/lib/lab/install nginx-light
rm -f /etc/nginx/sites-enabled/default
echo 'server { listen 127.0.0.1:80; listen [::1]:80; }' >/etc/nginx/conf.d/site.conf
systemctl restart nginx
