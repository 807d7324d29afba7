# hosts: debian13 debian11 debian12 fedora centos
# profile: ibm-hpvs
# CaC PR #631 (thread 55): the line for cron is right, and AIDE is not there.
rm "$(command -v aide)"
