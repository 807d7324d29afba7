# hosts: debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: ibm-hpvs
# It is started; how it ends nobody sees.
sed -i "s|>>/var/log/aide/aide.log|>>/dev/null|" /etc/cron.d/aide-check
rm /var/log/aide/aide.log
