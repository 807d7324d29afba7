# hosts: debian12 debian11 debian13
# profile: ibm-hpvs
# ss hangs: nobody knows what listens.
printf '#!/bin/sh\nexec sleep 1000\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
