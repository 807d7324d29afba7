# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# reason: whether its user may read them cannot be seen
# Which logs the user of this crontab may read is up to groups and their files.
sed -n 's|^\(.*\) root \(.*\)|\1 \2|p' /etc/cron.d/log-digest | crontab -u admin -
rm /etc/cron.d/log-digest
