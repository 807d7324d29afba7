# hosts: debian12 debian11 debian13 ubuntu2204 ubuntu2404
# profile: ibm-hpvs
# Without the database nobody knows what is installed.
echo 'not a package' >>/var/lib/dpkg/status
