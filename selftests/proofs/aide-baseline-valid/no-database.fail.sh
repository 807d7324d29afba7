# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# CaC PR #631 (thread 55) passed hosts whose AIDE had nothing to compare with.
rm /var/lib/aide/aide.db
