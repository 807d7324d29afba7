# hosts: centos fedora
# profile: alliance
# Neither cron nor dnf-automatic: a timer starts a script.
rm /etc/cron.d/update
printf '#!/bin/sh\nset -e\ndnf -y -q update\n' >/usr/local/sbin/update-all
chmod 755 /usr/local/sbin/update-all
cat >/etc/systemd/system/update.service <<'END'
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/update-all
END
printf '[Timer]\nOnCalendar=Sun 04:00\n[Install]\nWantedBy=timers.target\n' >/etc/systemd/system/update.timer
systemctl daemon-reload
systemctl enable --quiet --now update.timer
