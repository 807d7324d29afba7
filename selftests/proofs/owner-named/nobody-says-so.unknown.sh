# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The host is as before, and the inventory names nobody.
# inventory: hostproof_statement_owner_named: null
