# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: ibm-hpvs
# An empty list is one, too; and today is the last day.
# inventory: hostproof_statement_hardening_gaps_accepted: {by: Ada, date: TODAY-365, record: ticket 4712, reason: there are none, until: TODAY}
