# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# nullmailer hands mail to another machine and takes none: it is no server.
/usr/local/lib/lab/install nullmailer
