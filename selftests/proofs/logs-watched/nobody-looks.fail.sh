# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404 fedora centos
# profile: alliance
# The logs pile up.
rm /etc/cron.d/log-digest
