# hosts: debian12 fedora
# profile: ibm-hpvs
# Without nft nobody can say what nf_tables holds.
rm "$(command -v nft)"
