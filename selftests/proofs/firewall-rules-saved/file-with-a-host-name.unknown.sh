# hosts: debian12 debian13
# profile: ibm-hpvs
# iptables-restore takes the file only where somebody knows the name.
sed -i 's|^COMMIT|-A INPUT -s monitor.example.org -j ACCEPT\nCOMMIT|' /etc/iptables/iptables.conf
