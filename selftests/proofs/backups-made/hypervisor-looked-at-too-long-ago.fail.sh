# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Ninety-one days.
# inventory: hostproof_statement_backups_made: {by: Ada, date: TODAY-91, copies: "the whole machine, by the hypervisor every night, to another site", newest: TODAY-91}
systemctl disable --quiet --now backup.timer
