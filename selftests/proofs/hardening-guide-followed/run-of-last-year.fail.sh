# hosts: fedora
# profile: ibm-hpvs
# Good then.
# inventory: hostproof_statement_hardening_guide_followed: {by: Ada, date: TODAY-400, guide: "CIS Fedora Benchmark, Level 1 - Server", release: fedora 44, score: 96}
