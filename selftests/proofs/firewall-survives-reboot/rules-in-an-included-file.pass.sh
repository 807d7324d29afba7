# hosts: debian12 debian11 debian13
# profile: alliance
# The file that the service reads names others; together they are what is loaded.
mkdir /etc/nftables.d
mv /etc/nftables.conf /etc/nftables.d/10-site.nft
printf '#!/usr/sbin/nft -f\ninclude "/etc/nftables.d/*.nft"\n' >/etc/nftables.conf
