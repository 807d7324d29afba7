# hosts: debian12
# profile: ibm-hpvs
# Level 1, but not that of servers.
# inventory: hostproof_statement_hardening_guide_followed: {by: Ada, date: TODAY-5, guide: "CIS Debian Linux 12 Benchmark v1.1.0, Level 1 - Workstation", release: debian 12, score: 96}
