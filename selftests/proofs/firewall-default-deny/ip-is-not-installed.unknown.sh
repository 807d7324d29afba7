# hosts: debian12
# profile: alliance
# Without addresses and routes nobody can say what comes from outside.
rm -f /sbin/ip /bin/ip
