# hosts: debian12 debian11 debian13 fedora centos
# profile: ibm-hpvs
# CaC PR #631 (thread 55): a line for cron is no check where there is no AIDE.
rm "$(command -v aide)"
