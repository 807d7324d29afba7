# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# inventory: hostproof_web_names: [www.example.test, shop.example.test]
# One certificate for each site: which one is shown depends on the name that is asked for.
/usr/local/lib/lab/install apache2
a2enmod -q ssl
for name in www shop; do /usr/local/lib/lab/certificate "$name.example.test" "/etc/apache2/$name.pem"; done
cat >/etc/apache2/sites-enabled/000-default.conf <<'END'
SSLProtocol -all +TLSv1.2 +TLSv1.3
<VirtualHost *:443>
    ServerName www.example.test
    SSLEngine on
    SSLCertificateFile /etc/apache2/www.pem
</VirtualHost>
<VirtualHost *:443>
    ServerName shop.example.test
    SSLEngine on
    SSLCertificateFile /etc/apache2/shop.pem
</VirtualHost>
END
systemctl restart apache2
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
