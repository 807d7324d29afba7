# hosts: fedora
# profile: ibm-hpvs
# It fits the release; whether it is still the site's guide, nobody has said for two years.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-730, guide: a guide of our own for Fedora, release: fedora 44}
