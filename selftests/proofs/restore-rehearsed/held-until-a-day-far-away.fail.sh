# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Who states that it holds for ten years does not make it so: the profile's bound counts too.
# inventory: hostproof_statement_restore_rehearsed: {by: Ada, date: TODAY-400, until: TODAY+3650, restored: the database}
