# hosts: ubuntu2404 ubuntu2204 debian12
# profile: ibm-hpvs
# ufw's rules for ports ask for no state; its own come first and do.
iptables -F
ip6tables -F
ufw allow 22/tcp
ufw --force enable
