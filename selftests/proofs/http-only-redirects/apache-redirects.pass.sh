# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# inventory: hostproof_web_names: [www.example.test, shop.example.test]
# Two sites, each of which redirects to itself, and the default one for whoever asks for neither.
/usr/local/lib/lab/install apache2
cat >/etc/apache2/sites-enabled/000-default.conf <<'END'
<VirtualHost *:80>
    ServerName www.example.test
    Redirect permanent / https://www.example.test/
</VirtualHost>
<VirtualHost *:80>
    ServerName shop.example.test
    Redirect permanent / https://shop.example.test/
</VirtualHost>
END
systemctl restart apache2
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
