# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# It is planned; nobody has done it.
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY+30, restored: the database}
