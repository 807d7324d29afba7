# hosts: debian12 debian13
# profile: alliance
# firewalld runs, and the interface is in the zone that accepts everything.
systemctl disable --now nftables.service
nft flush ruleset
/usr/local/lib/lab/install firewalld
firewall-cmd --zone=trusted --change-interface="$(ip -o route show default | sed 's/.* dev \([^ ]*\).*/\1/')"
