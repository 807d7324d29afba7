# hosts: ubuntu2204 debian12 debian13
# profile: alliance
# ufw knows nothing of a rule that iptables put into its chain.
systemctl disable --quiet --now nftables.service
nft flush ruleset
systemctl enable --quiet --now ufw.service
ufw allow proto tcp from 10.99.0.0/24 to any port 22
ufw --force enable
iptables -A ufw-user-input -p tcp --dport 8443 -j ACCEPT
