# hosts: fedora centos
# profile: alliance
# A timer that starts on time, and an update that fails each time.
rm /etc/cron.d/update
cat >/etc/systemd/system/update.service <<'END'
[Service]
Type=oneshot
ExecStart=/usr/bin/dnf -y --refresh --setopt=*.skip_if_unavailable=0 update
END
printf '[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n' >/etc/systemd/system/update.timer
systemctl daemon-reload
systemctl enable --quiet --now update.timer
mv /srv/repositories /srv/away
if systemctl start update.service; then exit 1; fi
