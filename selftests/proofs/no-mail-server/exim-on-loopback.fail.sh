# hosts: debian12 debian11 debian13
# profile: alliance
# The usual case on Debian: pulled in by something that wants to send mail, listens on loopback only.
/usr/local/lib/lab/install exim4-daemon-light
