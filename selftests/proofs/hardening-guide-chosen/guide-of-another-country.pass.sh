# hosts: centos
# profile: ibm-hpvs
# Not CIS: the choice is the site's.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-10, guide: ANSSI-BP-028 v2.0 at the level intermediary, release: CentOS 9}
