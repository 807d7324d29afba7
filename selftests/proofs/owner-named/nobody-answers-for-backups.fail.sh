# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Fresh, and silent about what is of most use in the end.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY, owner: the web team, answers_for: [system, services, security groups]}
