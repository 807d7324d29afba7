# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# No statement, whatever the host may look like.
# inventory: hostproof_statement_restore_rehearsed: null
