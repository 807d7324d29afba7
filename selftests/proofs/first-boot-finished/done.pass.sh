# hosts: ubuntu2404 debian11 debian12 debian13 ubuntu2204 fedora centos
# profile: alliance
# Nothing is wrong, though a stage that this version does not use never began.
/usr/local/lib/lab/first-boot
