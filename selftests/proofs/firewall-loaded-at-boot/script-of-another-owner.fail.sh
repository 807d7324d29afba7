# hosts: fedora centos debian12
# profile: ibm-hpvs
# Whoever owns the script decides what root runs at the next boot.
chown plain /etc/init.d/firewall
