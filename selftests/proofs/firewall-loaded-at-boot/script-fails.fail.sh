# hosts: debian11 debian12 debian13
# profile: ibm-hpvs
# It is started at each boot, and ends with an error: a host name in a rule, and no name server yet.
sed -i '2i exit 1' /etc/init.d/firewall
systemctl restart firewall || true
