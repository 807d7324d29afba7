# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# Stated yesterday, and true: the newest copy is of last month.
# inventory: hostproof_statement_backups_made: {by: Ada, date: TODAY-1, copies: "the volume, by the cloud, to its object store", newest: TODAY-30}
systemctl disable --quiet --now backup.timer
