# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# As old as it may be.
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY-365, restored: the database of that day}
