# hosts: debian12 fedora
# profile: alliance
# The running kernel is none of those that are installed: it came from outside, or its files are gone.
# Here the host is taken for a machine of its own, which chooses its kernel itself.
printf '#!/bin/sh\nexit 1\n' >/usr/local/sbin/systemd-detect-virt
chmod 755 /usr/local/sbin/systemd-detect-virt
running=$(uname -r)
: >"/boot/vmlinuz-$running"
mv "/boot/vmlinuz-$running" /boot/vmlinuz-100.0.0-1-other
