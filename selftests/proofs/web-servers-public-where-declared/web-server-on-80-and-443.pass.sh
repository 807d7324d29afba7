# hosts: debian12
# profile: alliance
# What everybody may reach, because it was declared.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 443; listen [::]:443; }' >/etc/nginx/conf.d/lab.conf
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
