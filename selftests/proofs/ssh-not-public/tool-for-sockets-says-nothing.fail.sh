# hosts: debian12 debian11 debian13
# profile: alliance
# An ss that prints nothing is not believed: /proc/net knows of sshd (thread 49, inspec #762).
printf '#!/bin/sh\nexit 0\n' >/usr/local/sbin/ss
chmod 755 /usr/local/sbin/ss
nft add rule inet filter input tcp dport 22 accept
