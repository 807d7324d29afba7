# hosts: debian12 debian11 debian13 ubuntu2404
# profile: alliance
# ufw in the place of nftables; its policy is in iptables tables.
systemctl disable --now nftables.service
nft flush ruleset
ufw allow proto tcp from 10.99.0.0/24 to any port 22
ufw allow proto tcp from fd99::/64 to any port 22
ufw limit 443/tcp
ufw --force enable
