# hosts: fedora centos
# profile: alliance
# reason: the account expired on
# Somebody shut root out for good, and with it everything that cron does as root.
usermod --expiredate 1 root
