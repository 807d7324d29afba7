# hosts: debian12 debian13
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The declared site is as it should be. Who comes by the bare address is served by another one, in TLS 1.0.
/usr/local/lib/lab/install apache2
a2enmod -q ssl
for name in www old; do /usr/local/lib/lab/certificate "$name.example.test" "/etc/apache2/$name.pem"; done
cat >/etc/apache2/sites-enabled/000-default.conf <<'END'
Listen 443
<VirtualHost *:443>
    ServerName old.example.test
    SSLEngine on
    SSLCertificateFile /etc/apache2/old.pem
    SSLCipherSuite HIGH:!aNULL:@SECLEVEL=0
    SSLProtocol -all +TLSv1 +TLSv1.1 +TLSv1.2
</VirtualHost>
<VirtualHost *:443>
    ServerName www.example.test
    SSLEngine on
    SSLCertificateFile /etc/apache2/www.pem
    SSLCipherSuite HIGH:!aNULL:@SECLEVEL=0
    SSLProtocol -all +TLSv1.2 +TLSv1.3
</VirtualHost>
END
sed -i '/443/d' /etc/apache2/ports.conf
systemctl restart apache2
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
