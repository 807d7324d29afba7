# hosts: debian13 debian12
# profile: alliance
# The same opening, saved.
systemctl disable --now nftables.service
nft flush ruleset
/usr/local/lib/lab/install firewalld
firewall-cmd --add-port=8443/tcp
firewall-cmd --runtime-to-permanent
