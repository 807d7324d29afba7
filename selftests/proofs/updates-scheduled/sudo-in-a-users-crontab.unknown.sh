# hosts: fedora centos
# profile: alliance
# reason: whether sudo lets admin do it cannot be seen
# An ordinary user's own crontab, in which sudo starts a shell.
rm /etc/cron.d/update
echo "17 4 * * * sudo sh -c 'dnf -q -y update'" | crontab -u admin -
