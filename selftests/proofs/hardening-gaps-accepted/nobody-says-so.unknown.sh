# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# No list is known.
# inventory: hostproof_statement_hardening_gaps_accepted: null
