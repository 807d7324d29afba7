# hosts: ubuntu2404 debian12 debian13 fedora
# profile: ibm-hpvs
# The links of the runlevels are there; systemd was told never to start it.
systemctl mask --quiet firewall.service
