# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404
# profile: alliance
# journald keeps its own bounds; there is nothing for logrotate to do.
systemctl stop fail2ban
apt-get -q -y remove logrotate
rm -f /var/log/*.log
