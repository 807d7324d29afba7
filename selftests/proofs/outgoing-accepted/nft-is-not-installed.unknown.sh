# hosts: debian12 debian11
# profile: ibm-hpvs
# iptables shows its own rules; whether nft has others cannot be seen.
rm "$(command -v nft)"
