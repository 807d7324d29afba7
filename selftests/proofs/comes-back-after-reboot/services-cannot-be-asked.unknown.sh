# hosts: debian12 debian11 debian13 fedora
# profile: alliance
# What a boot starts is not known.
printf '#!/bin/sh\nexit 1\n' >/usr/local/sbin/systemctl
chmod 755 /usr/local/sbin/systemctl
