# hosts: debian12
# profile: ibm-hpvs
# Somebody has relaxed it.
# inventory: hostproof_statement_hardening_better_than_stock: {by: Ada, date: TODAY-5, guide: "CIS Debian Linux 12 Benchmark v1.1.0", release: debian 12, score: 71.5, stock: 80}
