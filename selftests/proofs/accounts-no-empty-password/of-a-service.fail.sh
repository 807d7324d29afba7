# hosts: debian13 debian11 debian12 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# Without a shell, but su takes one as an argument.
usermod -p '' games
