# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Whoever owned it then may have left.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY-366, owner: the web team, answers_for: [system, services, security groups, backups]}
