# hosts: debian12 debian11 debian13
# profile: alliance
# The profile asks for fail2ban by name. (A stand-in: no deb of sshguard is at hand.)
dpkg --purge fail2ban >/dev/null
printf '#!/bin/sh\nexec sleep 9999\n' >/usr/local/sbin/sshguard
chmod 755 /usr/local/sbin/sshguard
