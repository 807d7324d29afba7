# hosts: fedora centos debian12
# profile: ibm-hpvs
# As iptables-save leaves it with the usual umask.
chmod 644 /etc/iptables/iptables.conf
