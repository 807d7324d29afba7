# hosts: debian12 debian13
# profile: alliance
# firewalld's own policy is accept; zones and a last rule do the rest. (thread 34, Lynis 461, 987)
systemctl disable --now nftables.service
nft flush ruleset
/usr/local/lib/lab/install firewalld
firewall-cmd --get-default-zone
