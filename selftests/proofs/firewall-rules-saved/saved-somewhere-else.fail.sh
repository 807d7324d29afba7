# hosts: ubuntu2404 debian12 debian13
# profile: ibm-hpvs
# Where Debian's iptables-persistent keeps them; the document names another file.
mv /etc/iptables/iptables.conf /etc/iptables/rules.v4
