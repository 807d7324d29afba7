# hosts: debian12 debian13
# profile: alliance
# Without --permanent an opening is gone after the next restart.
systemctl disable --now nftables.service
nft flush ruleset
/usr/local/lib/lab/install firewalld
firewall-cmd --add-port=8443/tcp
