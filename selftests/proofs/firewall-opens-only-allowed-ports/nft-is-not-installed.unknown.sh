# hosts: fedora debian12 centos
# profile: ibm-hpvs
# Without nft nobody can say what nf_tables holds.
rm "$(command -v nft)"
