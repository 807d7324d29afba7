# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Without ss the kernel's own table is read; nothing is open (thread 49, inspec #1936).
rm "$(command -v ss)"
