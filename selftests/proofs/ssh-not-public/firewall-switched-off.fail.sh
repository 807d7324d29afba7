# hosts: debian12 debian13 ubuntu2404 fedora
# profile: alliance
# sshd is as it was; nothing keeps others away from it any more.
nft flush ruleset
