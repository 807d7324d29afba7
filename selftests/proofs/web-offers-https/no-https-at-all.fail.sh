# hosts: fedora debian13
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install nginx-light
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
