# hosts: debian12 debian11 debian13
# profile: alliance
# The table stands there in full, switched off.
nft add table inet filter '{ flags dormant; }'
