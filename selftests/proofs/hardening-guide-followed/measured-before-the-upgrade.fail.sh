# hosts: debian12
# profile: ibm-hpvs
# A high score, of the system that this one was.
# inventory: hostproof_statement_hardening_guide_followed: {by: Ada, date: TODAY-5, guide: "CIS Debian Linux 11 Benchmark v2.0.0, Level 1 - Server", release: debian 11, score: 96}
