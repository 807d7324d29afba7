# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# A program of that name that checks nothing and ends with success.
cp /bin/true "$(command -v aide)"
