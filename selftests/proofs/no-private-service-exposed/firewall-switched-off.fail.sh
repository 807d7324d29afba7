# hosts: debian12 debian11 debian13
# profile: alliance
# sshd is as it was; nothing keeps others away from it any more.
nft flush ruleset
