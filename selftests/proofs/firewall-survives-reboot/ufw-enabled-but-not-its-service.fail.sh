# hosts: debian12 debian13 debian11 ubuntu2404
# profile: alliance
# `ufw status` says active and "enabled on system startup"; the unit that would start it is not.
systemctl disable --quiet --now nftables.service
nft flush ruleset
ufw allow proto tcp from 10.99.0.0/24 to any port 22
ufw allow proto tcp from fd99::/64 to any port 22
ufw --force enable
systemctl disable --quiet ufw.service
