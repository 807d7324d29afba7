# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# As old as it may be, in capitals, in another order, and with more than is asked.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY-365, owner: the web team, answers_for: [Backups, Security Groups, firewall, SERVICES, system]}
