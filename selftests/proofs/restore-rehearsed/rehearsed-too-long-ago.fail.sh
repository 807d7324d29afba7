# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A year and a day.
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY-366, restored: the database of that day}
