# hosts: centos
# profile: ibm-hpvs
# Debian 9 is not CentOS 9.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-10, guide: "CIS Debian Linux 9 Benchmark v1.0.1", release: debian 9}
