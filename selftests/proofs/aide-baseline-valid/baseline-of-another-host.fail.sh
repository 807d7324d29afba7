# hosts: debian13 debian11 debian12 fedora centos
# profile: ibm-hpvs
# Older than anything that was ever installed here.
touch -d '2009-01-01' /var/lib/aide/aide.db
