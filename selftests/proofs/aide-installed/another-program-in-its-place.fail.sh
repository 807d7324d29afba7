# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# A program of that name that checks nothing and ends with success.
cp /bin/true "$(command -v aide)"
