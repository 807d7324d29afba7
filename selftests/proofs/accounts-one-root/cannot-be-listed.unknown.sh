# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Without it, only the accounts of one file would be seen.
rm "$(command -v getent)"
