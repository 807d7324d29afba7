# hosts: ubuntu2204
# profile: ibm-hpvs
# There is a 22.04 and there was a 22.10: no guide is for Ubuntu 22.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-10, guide: "CIS Ubuntu", release: ubuntu 22}
