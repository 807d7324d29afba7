# hosts: fedora debian12
# profile: alliance
# peers 49: VNC's usual ports are closed, and whether it listens on others nobody can tell.
printf '#!/bin/sh\necho nonsense\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
