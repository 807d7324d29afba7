# hosts: centos
# profile: ibm-hpvs
# Less than half, and still more than the image: that is all that is asked here.
# inventory: hostproof_statement_hardening_better_than_stock: {by: Ada, date: TODAY-5, guide: "CIS Red Hat Enterprise Linux 9 Benchmark v2.0.0, Level 1 - Server", release: centos 9, score: 41.5, stock: 41}
