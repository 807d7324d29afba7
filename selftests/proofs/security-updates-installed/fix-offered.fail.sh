# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The plain case: a fix is out and not installed.
/usr/local/lib/lab/offer-update bash security
