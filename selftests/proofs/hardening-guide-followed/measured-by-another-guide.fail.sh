# hosts: ubuntu2204
# profile: ibm-hpvs
# A high score, of another guide than the document names.
# inventory: hostproof_statement_hardening_guide_followed: {by: Ada, date: TODAY-5, guide: DISA STIG for Ubuntu 22.04 V2R1, release: ubuntu 22.04, score: 96}
