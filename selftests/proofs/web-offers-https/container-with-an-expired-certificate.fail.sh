# hosts: debian13 debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# No socket of the host's own listens: port 443 is passed on into a network namespace, as docker does without its proxy.
/usr/local/lib/lab/install nginx-light
systemctl stop nginx
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem -1
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
/usr/local/lib/lab/container 443 nginx -g 'daemon off;'
/usr/local/lib/lab/publish 443 443
