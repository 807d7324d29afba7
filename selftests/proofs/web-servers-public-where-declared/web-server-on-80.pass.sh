# hosts: ubuntu2404 debian12
# profile: alliance
# It answers strangers, as the profile declares.
/usr/local/lib/lab/install nginx-light
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
