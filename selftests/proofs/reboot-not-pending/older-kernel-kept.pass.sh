# hosts: debian12 fedora
# profile: alliance
# Older kernels are kept for a fallback, and so is a rescue image of the newest. Letter by letter, 1.9 comes after 1.10.
# Here the host is taken for a machine of its own, which chooses its kernel itself.
printf '#!/bin/sh\nexit 1\n' >/usr/local/sbin/systemd-detect-virt
chmod 755 /usr/local/sbin/systemd-detect-virt
running=$(uname -r)
: >"/boot/vmlinuz-$running"
: >"/boot/vmlinuz-1.9.0-${running#*-}"
: >/boot/vmlinuz-0-rescue-0123456789abcdef0123456789abcdef
: >"/boot/vmlinuz-100.0.0-${running#*-}.old"
