# hosts: ubuntu2404 debian12 debian13
# profile: alliance
# 80 is declared; the pages of the administrators on 8081 are not.
/usr/local/lib/lab/install nginx-light
echo 'server { listen 8081; }' >/etc/nginx/conf.d/lab.conf
systemctl restart nginx
until ss -ltn | grep -q :8081; do sleep 0.1; done
nft add rule inet filter input tcp dport '{ 80, 8081 }' accept
