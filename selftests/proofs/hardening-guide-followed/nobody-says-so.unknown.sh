# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Nobody has measured it.
# inventory: hostproof_statement_hardening_guide_followed: null
