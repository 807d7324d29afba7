# hosts: fedora centos
# profile: alliance
# Nobody is there at four in the morning to say yes.
sed -i 's/ -y / /' /etc/cron.d/update
