# hosts: centos debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# Stated last week, and only until the day before yesterday.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY-7, until: TODAY-2, owner: the web team, answers_for: [system, services, security groups, backups]}
