# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# Enough for the other document: the firewall, which this one leaves to the owner, is nobody's.
# inventory: hostproof_statement_owner_named: {by: Ada, date: TODAY, owner: the web team, answers_for: [system, services, security groups, backups]}
