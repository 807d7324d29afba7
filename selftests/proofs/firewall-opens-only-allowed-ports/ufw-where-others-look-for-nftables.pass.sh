# hosts: ubuntu2204 ubuntu2404 debian12
# profile: ibm-hpvs
# ufw alone, neither nftables.service nor saved rules: what counts is what the kernel does. (thread 33, CaC 11907, PR 13059)
iptables -F
ip6tables -F
ufw allow 22/tcp
ufw --force enable
! systemctl is-active --quiet nftables.service
