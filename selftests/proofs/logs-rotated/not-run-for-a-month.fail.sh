# hosts: debian13 debian12 debian11 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The timer waits, and nothing ever came of it.
touch -d '30 days ago' /var/lib/logrotate/status
