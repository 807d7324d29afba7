# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# East of here the next day has begun.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY+1, owner: the web team, answers_for: [system, services, security groups, backups]}
