# hosts: ubuntu2204
# profile: ibm-hpvs
# A tenth of a per cent more than half.
# inventory: hostproof_statement_hardening_guide_followed: {by: Ada, date: TODAY-5, guide: "CIS Ubuntu Linux 22.04 LTS Benchmark v2.0.0, Level 1 - Server", release: ubuntu 22.04, score: 50.1}
