# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# The package is installed, its program is not there any more.
rm "$(command -v aide)"
