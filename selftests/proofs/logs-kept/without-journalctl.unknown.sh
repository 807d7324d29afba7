# hosts: fedora debian12 debian11 debian13 ubuntu2204 ubuntu2404 centos
# profile: alliance
# Nothing to read the journal with.
rm "$(command -v journalctl)"
