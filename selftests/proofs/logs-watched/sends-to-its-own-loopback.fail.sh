# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# rsyslog has a target, and the one that is elsewhere is commented out.
rm /etc/cron.d/log-digest
/usr/local/lib/lab/install rsyslog >/dev/null
printf '*.* @@127.0.0.1:5140\n# *.* @@logs.example.org\n' >/etc/rsyslog.d/60-send.conf
systemctl restart rsyslog
