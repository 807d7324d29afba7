# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Neither processes nor the scripts of cron can be looked through.
rm "$(command -v find)"
