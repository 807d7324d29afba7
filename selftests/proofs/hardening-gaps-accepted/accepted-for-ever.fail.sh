# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Until the year 9999 is no limited time: after a year somebody has to look again.
# inventory: hostproof_statement_hardening_gaps_accepted: {by: Ada, date: TODAY-366, record: ticket 4711, reason: it has always been so, until: 9999-12-31}
