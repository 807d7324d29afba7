# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: alliance
# The usual case on Debian: pulled in by something that wants to send mail, listens on loopback only.
/usr/local/lib/lab/install exim4-daemon-light
