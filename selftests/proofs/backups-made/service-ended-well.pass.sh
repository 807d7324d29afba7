# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# rsync leaves no trace of its own; systemd knows how it ended.
/usr/local/lib/lab/install rsync >/dev/null
rm -r /root/.cache/borg
mkdir -p /mnt/elsewhere
mount -t tmpfs elsewhere /mnt/elsewhere
sed -i 's|^ExecStart=.*|ExecStart=/usr/bin/rsync -a /etc/ssh /mnt/elsewhere|' /etc/systemd/system/backup.service
systemctl daemon-reload
systemctl start backup.service
