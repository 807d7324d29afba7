# hosts: ubuntu2404
# profile: ibm-hpvs
# A fine score, which the image had from the start.
# inventory: hostproof_statement_hardening_better_than_stock: {by: Ada, date: TODAY-5, guide: "CIS Ubuntu Linux 24.04 LTS Benchmark v1.0.0, Level 1 - Server", release: ubuntu 24.04, score: 81, stock: 81}
