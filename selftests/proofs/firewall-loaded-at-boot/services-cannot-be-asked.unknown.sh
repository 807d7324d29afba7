# hosts: debian12 debian11 debian13 fedora
# profile: ibm-hpvs
# Whether a boot starts it is not known.
printf '#!/bin/sh\nexit 1\n' >/usr/local/sbin/systemctl
chmod 755 /usr/local/sbin/systemctl
