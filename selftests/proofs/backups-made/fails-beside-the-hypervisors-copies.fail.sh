# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Copies are made past the host, somebody states. Its own job, which was meant for the database, has never ended well: that is seen.
# inventory: hostproof_statement_backups_made: {by: Ada, date: TODAY-2, copies: "the whole machine, by the hypervisor every night, to another site", newest: TODAY-2}
rm -rf /root/.cache/borg /srv/backup
systemctl start backup.service || :
systemctl is-failed --quiet backup.service
