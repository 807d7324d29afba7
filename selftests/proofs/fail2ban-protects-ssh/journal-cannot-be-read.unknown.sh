# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# journalctl is there and fails: that is not a journal without messages.
cp /bin/false "$(command -v journalctl)"
