# hosts: debian12 debian11 debian13 fedora
# profile: alliance
# The service that loads the rules is active and enabled, and not one rule is loaded.
nft flush ruleset
systemctl is-active nftables.service
