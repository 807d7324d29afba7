# hosts: debian11 debian12 debian13 ubuntu2204 ubuntu2404 fedora centos
# profile: ibm-hpvs
# The saved file is right, and the service reads another one.
sed 's/--dport 22 /--dport 2222 /' /etc/iptables/iptables.conf >/etc/iptables/old.conf
sed -i 's|</etc/iptables/iptables.conf|</etc/iptables/old.conf|' /etc/init.d/firewall
