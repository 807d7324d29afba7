# hosts: fedora debian12
# profile: alliance
# VNC's usual ports are closed, and whether it listens on others nobody can tell.
# A tool that was missing has been taken for "nothing listens" (thread 49, inspec #762, #1936).
printf '#!/bin/sh\necho nonsense\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
