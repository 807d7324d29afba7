# hosts: debian12 debian13
# profile: alliance
# No service does; a hook of the network may.
systemctl disable --quiet nftables.service
mkdir -p /etc/network/if-pre-up.d
printf '#!/bin/sh\n/usr/sbin/nft -f /etc/nftables.conf\n' >/etc/network/if-pre-up.d/firewall
chmod 755 /etc/network/if-pre-up.d/firewall
