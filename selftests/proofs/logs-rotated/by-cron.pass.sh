# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The timer is off and a line of cron does the same.
systemctl disable --quiet --now logrotate.timer
echo '0 3 * * * root /usr/sbin/logrotate /etc/logrotate.conf' >/etc/cron.d/rotate
