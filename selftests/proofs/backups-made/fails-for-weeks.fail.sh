# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# It starts every night and ends with an error: the repository is gone.
touch -d '20 days ago' /root/.cache/borg/*/files*
mv /srv/backup /srv/away
if systemctl start backup.service; then exit 1; fi
