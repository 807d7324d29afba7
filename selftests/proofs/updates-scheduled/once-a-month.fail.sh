# hosts: centos fedora
# profile: alliance
# Too seldom.
sed -i 's/^17 4 \* /17 4 1 /' /etc/cron.d/update
