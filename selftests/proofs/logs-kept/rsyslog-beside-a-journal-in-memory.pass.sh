# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# The journal is gone after a restart; what rsyslog writes is not.
printf '[Journal]\nStorage=volatile\n' >/etc/systemd/journald.conf.d/keep.conf
rm -r /var/log/journal
systemctl restart systemd-journald
/usr/local/lib/lab/install rsyslog >/dev/null
su plain -c true
until grep -q 'session opened' /var/log/auth.log; do sleep 0.1; done
