# hosts: centos debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# It has failed since it was set up.
rm -r /root/.cache/borg /srv/backup
if systemctl start backup.service; then exit 1; fi
