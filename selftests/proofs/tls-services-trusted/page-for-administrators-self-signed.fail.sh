# hosts: debian11 debian12 ubuntu2204
# profile: ibm-hpvs
# inventory: hostproof_tls_names: [admin.example.test]
# HTTPS for one network on another port is no public site, and what is typed there is worth more.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate admin.example.test /etc/nginx/site.pem 90 self-signed
rm -f /etc/nginx/sites-enabled/default
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 8443 ssl; listen [::]:8443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
iptables -I INPUT -s 10.99.0.0/24 -p tcp --dport 8443 -j ACCEPT
