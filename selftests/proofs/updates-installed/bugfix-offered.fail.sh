# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Not about security, and left to do all the same.
/usr/local/lib/lab/offer-update bash bugfix
