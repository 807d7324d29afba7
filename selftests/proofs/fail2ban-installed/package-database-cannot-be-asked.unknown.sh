# hosts: debian12 debian11 debian13
# profile: alliance
# No program of that name, and nobody left to ask about packages.
dpkg --purge fail2ban >/dev/null
rm /usr/bin/dpkg-query
