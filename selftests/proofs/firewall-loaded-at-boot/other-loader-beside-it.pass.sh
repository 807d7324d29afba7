# hosts: ubuntu2204 debian12 debian13
# profile: ibm-hpvs
# A service that is switched off takes nothing away.
systemctl disable --quiet ufw.service
systemctl mask --quiet nftables.service
