# hosts: debian13
# profile: ibm-hpvs
# Better than an image of another release.
# inventory: hostproof_statement_hardening_better_than_stock: {by: Ada, date: TODAY-5, guide: "CIS Debian Linux 12 Benchmark v1.1.0", release: debian 12, score: 90, stock: 60}
