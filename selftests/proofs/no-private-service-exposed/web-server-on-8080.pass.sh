# hosts: debian12
# profile: ibm-hpvs
# What this profile's list allows.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 8080; listen [::]:8080; }' >/etc/nginx/conf.d/lab.conf
systemctl restart nginx
