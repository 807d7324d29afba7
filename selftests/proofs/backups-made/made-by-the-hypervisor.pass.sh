# hosts: fedora debian11 debian12 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# The host shows nothing: copies are made past it. Somebody looked at them, as long ago as may be.
# inventory: hostproof_statement_backups_made: {by: Ada, date: TODAY-90, copies: "the whole machine, by the hypervisor every night, to another site", newest: TODAY-97}
systemctl disable --quiet --now backup.timer
