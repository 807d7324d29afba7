# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: alliance
# rsyslog writes its files, and the settings about them were taken away.
/usr/local/lib/lab/install rsyslog >/dev/null
rm /etc/logrotate.d/rsyslog
logger hello
until [ -s /var/log/syslog ]; do sleep 0.1; done
