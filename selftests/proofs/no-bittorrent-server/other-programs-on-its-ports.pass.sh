# hosts: debian12 debian13
# profile: alliance
# A web server on 6969 and 9091, ports that BitTorrent does not own.
/usr/local/lib/lab/install nginx-light
cat >/etc/nginx/conf.d/pages.conf <<'END'
server { listen 9091; listen 6969; }
END
systemctl restart nginx
ss -ltn | grep -q :6969
