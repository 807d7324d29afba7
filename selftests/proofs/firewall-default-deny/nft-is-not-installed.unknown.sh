# hosts: debian12 debian11 debian13
# profile: alliance
# Without nft nobody can say what nf_tables holds.
rm "$(command -v nft)"
