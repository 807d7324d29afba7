# hosts: debian12 fedora
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# Who audits is let in to a site that is as it should be. Strangers are passed on to another server with another certificate.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
/usr/local/lib/lab/certificate www.example.test /etc/nginx/other.pem 90 self-signed
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
server { listen 8443 ssl; listen [::]:8443 ssl; ssl_certificate other.pem; ssl_certificate_key other.pem; }
END
systemctl restart nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
nft add rule inet filter input ct status dnat accept
nft add table inet passed_on
nft add chain inet passed_on arriving '{ type nat hook prerouting priority dstnat; }'
nft add rule inet passed_on arriving ip saddr 198.51.100.0/24 tcp dport 443 redirect to :8443
nft add rule inet passed_on arriving ip6 saddr 2001:db8:99::/64 tcp dport 443 redirect to :8443
