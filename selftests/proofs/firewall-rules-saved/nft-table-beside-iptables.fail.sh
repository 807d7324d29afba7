# hosts: debian12 debian13 ubuntu2204
# profile: ibm-hpvs
# iptables-save shows nothing of it.
nft 'table inet site { chain input { type filter hook input priority -10; tcp dport 8443 accept; }; }'
