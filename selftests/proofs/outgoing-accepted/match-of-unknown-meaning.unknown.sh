# hosts: debian12
# profile: ibm-hpvs
# What a byte code of somebody's own picks out is dropped.
iptables -A OUTPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
iptables -A OUTPUT -m u32 --u32 "6&0xFF=6" -j DROP
