# hosts: debian12
# profile: alliance
# ss hangs: whether something listens on port 25 is not known.
printf '#!/bin/sh\nexec sleep 1000\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
