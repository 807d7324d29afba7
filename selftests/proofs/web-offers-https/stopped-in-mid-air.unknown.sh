# hosts: fedora debian12
# profile: alliance
# inventory: hostproof_web_names: [www.example.test]
# The kernel takes connections, and nginx does not answer: no word of any version is no refusal of it.
/usr/local/lib/lab/install nginx-light
/usr/local/lib/lab/certificate www.example.test /etc/nginx/site.pem
cat >/etc/nginx/conf.d/site.conf <<'END'
server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate site.pem; ssl_certificate_key site.pem; }
END
systemctl restart nginx
until pgrep -f 'nginx: worker' >/dev/null; do sleep 0.1; done # who is not there yet is not stopped
systemctl kill --signal=STOP nginx
nft add rule inet filter input tcp dport '{ 80, 443 }' accept
