# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Recent, but it was stated to hold only until another server came.
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY-20, until: TODAY-3, restored: the database, note: the old backup server goes away}
