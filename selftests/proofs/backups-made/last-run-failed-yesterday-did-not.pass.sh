# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# One night without a backup is no week without one.
touch -d '2 days ago' /root/.cache/borg/*/files*
mv /srv/backup /srv/away
if systemctl start backup.service; then exit 1; fi
