# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora
# profile: alliance
# An update that is not about security.
/usr/local/lib/lab/offer-update bash bugfix
