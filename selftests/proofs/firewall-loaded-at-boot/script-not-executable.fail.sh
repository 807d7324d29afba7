# hosts: debian13 debian11 debian12 fedora centos
# profile: ibm-hpvs
# systemd cannot start it.
chmod 644 /etc/init.d/firewall
