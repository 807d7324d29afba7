# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Hardened or not, nobody says by what.
# inventory: hostproof_statement_hardening_guide_chosen: null
