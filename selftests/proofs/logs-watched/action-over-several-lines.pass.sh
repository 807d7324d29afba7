# hosts: ubuntu2404 debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: alliance
# rsyslog's newer way to write it, without any @.
rm /etc/cron.d/log-digest
/usr/local/lib/lab/install rsyslog >/dev/null
cat >/etc/rsyslog.d/60-send.conf <<'END'
*.* action(
    type="omfwd"
    target="10.99.0.1"
    port="514" protocol="udp"
)
END
systemctl restart rsyslog
