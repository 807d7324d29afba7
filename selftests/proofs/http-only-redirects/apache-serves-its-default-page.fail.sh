# hosts: centos debian11 debian12 debian13 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
/usr/local/lib/lab/install apache2
systemctl restart apache2
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
