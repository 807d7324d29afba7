# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# The package is installed, its program is not there any more.
rm "$(command -v aide)"
