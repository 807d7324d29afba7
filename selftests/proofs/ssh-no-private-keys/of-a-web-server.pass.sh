# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# TLS needs a private key where the web server looks for it.
mkdir -p /etc/pki/tls/private /srv/acme
ssh-keygen -q -t rsa -b 2048 -m PEM -N '' -f /srv/acme/site.key
cp /srv/acme/site.key /etc/pki/tls/private/site.key
