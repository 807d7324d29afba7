# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# reason: nothing starts logrotate
# The timer is off, and cron starts it as somebody who may not touch a log.
systemctl disable --quiet --now logrotate.timer
echo '0 3 * * * plain /usr/sbin/logrotate /etc/logrotate.conf' >/etc/cron.d/rotate
