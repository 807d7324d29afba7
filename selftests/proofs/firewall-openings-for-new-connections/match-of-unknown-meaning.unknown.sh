# hosts: debian13 debian12
# profile: ibm-hpvs
# A last rule accepts what a byte code of somebody's own picks out.
iptables -A INPUT -m u32 --u32 "6&0xFF=6" -j ACCEPT
