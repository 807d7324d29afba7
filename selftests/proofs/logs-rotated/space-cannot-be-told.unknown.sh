# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Nothing to ask for free space with.
rm "$(command -v df)"
