# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# State `rc`: /etc/aide is there and `dpkg -l` still lists it.
dpkg --remove --force-depends aide
