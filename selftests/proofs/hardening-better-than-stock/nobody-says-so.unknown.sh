# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: ibm-hpvs
# Nobody has compared them.
# inventory: hostproof_statement_hardening_better_than_stock: null
