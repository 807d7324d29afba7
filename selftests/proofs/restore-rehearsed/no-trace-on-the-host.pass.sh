# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The host itself shows no trace of any backup, and the site allows two years.
# inventory: hostproof_restore_max_age_days: 730
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY-700, restored: "the volume, from the provider's copy"}
rm -rf /var/backups
