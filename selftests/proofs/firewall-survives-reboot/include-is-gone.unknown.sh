# hosts: debian12 debian13
# profile: alliance
# nft refuses the whole file, so nothing can be said of what would come of it.
echo 'include "/etc/nftables.d/site.nft"' >>/etc/nftables.conf
