# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# reason: whether sudo lets admin do it cannot be seen
# An ordinary user's own crontab. With sudo it may be a whole check; what sudo permits is not read.
sed -n 's|^\(.*\) root /|\1 sudo /|p' /etc/cron.d/aide-check | crontab -u admin -
rm /etc/cron.d/aide-check
