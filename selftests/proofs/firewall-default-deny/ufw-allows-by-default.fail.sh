# hosts: debian12 ubuntu2404
# profile: alliance
# ufw is active; its default for what comes in is allow.
systemctl disable --now nftables.service
nft flush ruleset
sed -i 's/^DEFAULT_INPUT_POLICY=.*/DEFAULT_INPUT_POLICY="ACCEPT"/' /etc/default/ufw
ufw --force enable
