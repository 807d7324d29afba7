# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Accepted lately, and only until last week.
# inventory: hostproof_statement_hardening_gaps_accepted: {by: Ada, date: TODAY-40, record: ticket 4711, reason: the vendor needs TLS 1.1 until then, until: TODAY-7}
