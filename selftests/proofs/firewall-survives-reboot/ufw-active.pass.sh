# hosts: ubuntu2204 debian12 debian11 debian13 ubuntu2404
# profile: alliance
# ufw keeps its rules in files of its own, and builds chains around them.
systemctl disable --quiet --now nftables.service
nft flush ruleset
systemctl enable --quiet --now ufw.service
ufw allow proto tcp from 10.99.0.0/24 to any port 22
ufw allow proto tcp from fd99::/64 to any port 22
ufw limit 443/tcp
ufw --force enable
