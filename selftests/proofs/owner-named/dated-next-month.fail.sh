# hosts: ubuntu2204 debian11 debian12 debian13 ubuntu2404 fedora centos
# profile: alliance
# A date that never grows old is no date.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY+30, owner: the web team, answers_for: [system, services, security groups, backups]}
