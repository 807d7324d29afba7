# hosts: debian12
# profile: alliance
# A newer kernel for other machines.
# Here the host is taken for a machine of its own, which chooses its kernel itself.
printf '#!/bin/sh\nexit 1\n' >/usr/local/sbin/systemd-detect-virt
chmod 755 /usr/local/sbin/systemd-detect-virt
running=$(uname -r)
: >"/boot/vmlinuz-$running"
: >/boot/vmlinuz-100.0.0-1-cloud-amd64
