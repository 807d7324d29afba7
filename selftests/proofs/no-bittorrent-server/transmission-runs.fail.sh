# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The plain case: installed, and started by its package.
/usr/local/lib/lab/install transmission-daemon
