# hosts: ubuntu2204 debian12
# profile: ibm-hpvs
# The guide that the document names: the host was upgraded since.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-10, guide: "CIS Ubuntu Linux 18.04 LTS Benchmark v2.1.0, Level 1 - Server", release: ubuntu 18.04}
