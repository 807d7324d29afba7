# hosts: centos fedora
# profile: ibm-hpvs
# Guides for the family of Red Hat are for all minor releases of a major one.
# inventory: hostproof_statement_hardening_guide_chosen: {by: Ada, date: TODAY-10, guide: CIS Rocky Linux 9 Benchmark v2.0.0, release: rocky 9}
sed -i -e 's/^ID=.*/ID="rocky"/' -e 's/^VERSION_ID=.*/VERSION_ID="9.6"/' /usr/lib/os-release
