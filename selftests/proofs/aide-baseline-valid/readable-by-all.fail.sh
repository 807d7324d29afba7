# hosts: debian11 debian12 debian13 fedora centos
# profile: ibm-hpvs
# Whoever reads it knows which files are watched.
chmod 755 /var/lib/aide
chmod 644 /var/lib/aide/aide.db
