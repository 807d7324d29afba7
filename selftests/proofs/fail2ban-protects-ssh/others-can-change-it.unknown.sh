# hosts: debian12 debian11 debian13
# profile: alliance
# The program belongs to a plain user: it is not run as root, not even to ask it.
chown plain /usr/bin/fail2ban-client
