# hosts: debian11 ubuntu2404 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test, shop.example.test]
# The second site keeps a page of its own below the redirection.
/usr/local/lib/lab/install apache2
cat >/etc/apache2/sites-enabled/000-default.conf <<'END'
<VirtualHost *:80>
    ServerName www.example.test
    Redirect permanent / https://www.example.test/
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.test
    DocumentRoot /var/www/html
    RedirectMatch permanent ^/$ https://shop.example.test/
</VirtualHost>
END
systemctl restart apache2
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
