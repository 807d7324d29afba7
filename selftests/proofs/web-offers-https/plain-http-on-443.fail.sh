# hosts: debian12 ubuntu2204
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The port is the right one, what is spoken there is not.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 443; listen [::]:443; }' >/etc/nginx/conf.d/site.conf
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
