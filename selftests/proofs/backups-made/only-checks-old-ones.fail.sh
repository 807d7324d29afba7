# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The program runs every night and makes no backup.
sed -i 's|^ExecStart=.*|ExecStart=/usr/bin/borg check /srv/backup|' /etc/systemd/system/backup.service
systemctl daemon-reload
systemctl start backup.service
