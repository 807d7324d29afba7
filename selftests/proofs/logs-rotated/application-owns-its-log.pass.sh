# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# A program that runs as an account of its own writes to a folder of its own.
mkdir /var/log/shop
echo started >/var/log/shop/shop.out
chown -R plain /var/log/shop
