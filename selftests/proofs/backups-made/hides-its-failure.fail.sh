# hosts: ubuntu2404 debian12 debian11 debian13 ubuntu2204 fedora centos
# profile: alliance
# The service ends well each time, whatever becomes of the backup.
printf '#!/bin/sh\nborg create /srv/backup::{now} /etc || true\n' >/usr/local/sbin/backup
chmod 755 /usr/local/sbin/backup
sed -i 's|^ExecStart=.*|ExecStart=/usr/local/sbin/backup|' /etc/systemd/system/backup.service
systemctl daemon-reload
mv /srv/backup /srv/away
touch -d '20 days ago' /root/.cache/borg/*/files*
systemctl start backup.service
